from bot.core.events import Beat, Complained, Said, Worked
from bot.core.transcript import Transcript, fold


def folded(*events):
    transcript = Transcript()
    for event in events:
        transcript = fold(transcript, event)
    return transcript


def test_finals_are_joined_and_repeats_count_once():
    assert folded(Said(text="Working."), Said(text="Working."), Said(text="Done.")).text == "Working.\n\nDone."


def test_a_temporary_issue_after_real_output_is_noise():
    issue = Said(text="I encountered a temporary issue, please try again.")
    assert folded(Said(text="Title added."), issue).text == "Title added."
    assert folded(Worked(tool="edit", finished=True), issue).text == ""
    assert folded(issue).text == issue.text  # alone it is all there is


def test_work_and_complaints_are_kept_as_evidence():
    transcript = folded(
        Worked(tool="edit", finished=False), Worked(tool="edit", finished=True), Complained(code="X", message="")
    )
    assert transcript.tools == ("edit",)
    assert transcript.complaint is not None
    assert folded(Beat()) == Transcript()
