-- Accounts with few rights for a clinic's database. Run it once as the owner, after "screener clinic init":
--     psql --file postgresql.sql clinic
-- Then give each machine an account of its own, with a password, in one of the two roles:
--     CREATE ROLE front_desk LOGIN PASSWORD '...' IN ROLE screener_terminal;
-- The owner's account is for "screener clinic" (init, staff, purge, restore, upgrade) and nothing else.
CREATE ROLE screener_terminal NOLOGIN;
CREATE ROLE screener_staff NOLOGIN IN ROLE screener_terminal;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO screener_terminal;

-- A terminal adds and changes what people answer. It removes no response, no note and no row of the audit trail.
GRANT SELECT ON meta, response, remark, alarm, return_code, staff, member, audit, signature, terminal, content
    TO screener_terminal;
GRANT INSERT ON response, remark, alarm, return_code, audit, signature, terminal, content TO screener_terminal;
GRANT UPDATE ON meta, response, alarm, signature TO screener_terminal;
GRANT DELETE ON return_code, terminal TO screener_terminal;
GRANT SELECT, DELETE ON appointment_code TO screener_terminal;
GRANT SELECT, INSERT ON sealed_before TO screener_terminal;
GRANT SELECT (id, day) ON person TO screener_terminal;

-- A console of staff also writes notes, and the slot of whoever unlocks it.
GRANT INSERT ON meta, staff, member TO screener_staff;
GRANT UPDATE ON remark TO screener_staff;
GRANT DELETE ON staff, member, sealed_before TO screener_staff;

-- It enters people and their appointments, too. A terminal only takes the codes of appointments, and reads nobody's row.
GRANT SELECT, INSERT, UPDATE ON person TO screener_staff;
GRANT INSERT ON appointment_code TO screener_staff;
