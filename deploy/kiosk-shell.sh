#!/bin/sh
# The login shell of an account that is only a kiosk. What somebody adds behind it, such as a command of ssh, is not run.
#     useradd --create-home --shell /opt/screener/deploy/kiosk-shell.sh kiosk
cd "$HOME" || exit 1
exec /opt/screener/bin/screener kiosk </dev/tty >/dev/tty 2>&1
