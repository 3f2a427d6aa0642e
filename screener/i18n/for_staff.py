"""The words of pages that speak to a person, as they are said where staff answer for that person.

Both faces show the same pages to everybody. A text that stands here is replaced where the page speaks to staff.
"""

from __future__ import annotations

from collections.abc import Mapping

from screener.i18n.marking import N_

WORDS = {
    # Help
    N_("If your life is in danger now:"): N_("If a life is in danger now:"),
    N_("If you are at the clinic, tell a member of staff now."): N_("Tell a clinician of this clinic now."),
    N_("Please stay here and get help now"): N_("Stay with this person and get help now"),
    # Saving and leaving
    N_("Your last answer is not saved"): N_("The last entry is not saved"),
    N_("It needs {columns} columns and {rows} rows. Your answers are kept."): N_(
        "It needs {columns} columns and {rows} rows. What was recorded is kept."
    ),
    N_("What you answered before is safe. Try again, or tell a member of staff."): N_(
        "What was recorded before is safe. Try again."
    ),
    N_("Your answers are kept for the staff of {clinic}. This terminal cannot show them to anyone else."): N_(
        "What you record is kept with your name and the time. Clinicians of {clinic} can read it and go on with it."
    ),
    N_("If the program crashes, ask staff or use your four words."): N_(
        "If the program crashes, go on with it from the page of this person."
    ),
    N_("If the program crashes, this computer cannot open your answers again."): N_(
        "If the program crashes, go on with it from the page of this person."
    ),
    N_("You have not finished. Your answers are not kept when you leave, unless you save a copy of them."): N_(
        "What was recorded is kept. You or a colleague can go on with it from the page of this person."
    ),
    N_("Your answers are kept for the clinic. Save a copy for yourself first if you want one."): N_(
        "What was recorded is finished and kept."
    ),
    N_("Welcome back. You go on where you were; your answers so far are here."): N_(
        "It goes on where it was left; what was recorded so far is kept."
    ),
    # Questions
    N_('Choose an answer, or choose "Prefer not to say".'): N_('Choose an answer, or choose "Not recorded".'),
    N_("Type your answer."): N_("Type what is to be recorded."),
    N_("Type your answer, or choose {others}."): N_("Type what is to be recorded, or choose {others}."),
    N_("Write your answer on one line."): N_("Write it on one line."),
    N_("Why we ask"): N_("Why it is recorded"),
    N_("why we ask, and this list"): N_("why it is recorded, and this list"),
    N_("It helps the clinic get ready to talk with you."): N_("It is part of what this clinic records."),
    N_("You can leave out any question. You do not have to say why."): N_(
        "What is left blank is shown as not recorded."
    ),
    N_("Please check your answer"): N_("Please check this entry"),
    N_("Your answer so far: {answer}. Type k to keep it."): N_("Recorded so far: {answer}. Type k to keep it."),
    N_("You have given no answer to this question yet."): N_("Nothing is recorded here yet."),
    N_("keep the answer you gave before"): N_("keep what is recorded"),
    N_("hide the page; any key brings it back"): N_("lock the staff's side; what was recorded is kept"),
    N_("leave at once, on your own device"): N_("leave at once"),
    # The end
    N_("Check your answers before you finish"): N_("Check what is recorded before you finish"),
    N_("You have finished"): N_("It is finished"),
    N_("Your reference is {reference}."): N_("The reference of this record is {reference}."),
    N_("You changed an answer after you had finished. The change is not saved. Tell a member of staff."): N_(
        "An entry was changed after it was finished. The change is not saved. Correct it from the page of this person."
    ),
    N_("Below is your own copy. Scroll to read it."): N_("Below is the copy for the clinician. Scroll to read it."),
    N_("Your own copy goes to the output."): N_("The copy for the clinician goes to the output."),
    N_("Your copy could not be written: {reason}. Save it in a file."): N_("The copy could not be written: {reason}."),
    N_("Below is your own copy."): N_("Below is the copy for the clinician."),
    # Copies
    N_(
        "For the talk with a clinician. A self-report, nothing in it verified. It is not a diagnosis, does not say "
        'who is suitable for a treatment, and recommends nothing. "No" is what the person answered, not a finding; '
        "a blank is not a no."
    ): N_(
        "Recorded by staff of the clinic for the clinician. It is not a diagnosis, does not say who is suitable for a "
        'treatment or may go home, and recommends nothing. "No" is what staff recorded; not recorded is not a no.'
    ),
    N_(
        "Please go through this with the person. It is a self-report, not a diagnosis, and it replaces no part of "
        "a clinician's own assessment."
    ): N_("It is a record by staff, not a diagnosis, and it replaces no part of a clinician's own assessment."),
    N_("{heading}: self-report, nothing verified; not a diagnosis."): N_(
        "{heading}: recorded by staff; not a diagnosis."
    ),
    N_("Appendix: scores, by self-report"): N_("Appendix: scores, as recorded by staff"),
    N_("Not known, and answered no"): N_("Not known, and recorded as no"),
    N_("Not reached"): N_("Not recorded"),
    N_("not reached"): N_("not recorded"),
    N_("{count} not reached"): N_("{count} not recorded"),
    N_("Not answered"): N_("Not recorded"),
    N_("Also blank"): N_("Also not recorded"),
    N_("Reported"): N_("Recorded"),
    N_("Ask"): N_("Not recorded"),
    N_("Questions"): N_("Items"),
    N_("Still open until these questions are answered:"): N_("Still open until this is recorded:"),
    N_("Not assessed, because these questions were not reached:"): N_("Not assessed, because this is not recorded:"),
    N_("no urgent rule was raised by these answers; that is not a finding"): N_(
        "no urgent rule was raised by what is recorded; that is not a finding"
    ),
    "Because you changed an answer, {count} answer is no longer used.": N_(
        "Because an entry was changed, {count} entry is no longer used."
    ),
    "Because you changed an answer, {count} answers are no longer used.": N_(
        "Because an entry was changed, {count} entries are no longer used."
    ),
}
"""By the words for a person: those for staff."""


def words_for(staff: bool) -> Mapping[str, str] | None:
    """Return what is said in place of other words, where staff read them."""
    return WORDS if staff else None
