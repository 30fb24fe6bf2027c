import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Beat, Complained, Said, Worked
from bot.core.transcript import TEXT_LIMIT, Transcript, fold, phase_of


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


@pytest.mark.parametrize(
    "noise",
    [
        "I encountered a temporary issue, please try again.",
        "I'm sorry, I ran into a transient error. Please try again later.",
        "There was a temporary problem with the service.",
        "Something went wrong on our end. Please try again.",
        "I'm experiencing technical difficulties. Would you like me to try again?",
        "抱歉，我遇到了一个临时问题，请稍后再试。",
        "系统出现了暂时性的错误。请稍后重试。",
        "服务暂时不可用，请稍后再试。",
    ],
)
def test_noise_at_the_end_of_a_good_run_is_dropped(noise):
    assert folded(Said(text="Title added."), Said(text=noise)).text == "Title added."
    assert folded(Said(text=f"Title added. {noise}")).text == "Title added."
    assert folded(Said(text=noise)).text == noise


@pytest.mark.parametrize(
    "news",
    [
        "Title added. Please try a shorter one if you like.",
        "There was a temporary issue with the second clip, so I replaced it.",
        "I fixed the temporary glitch in the sound.",
        "The temporary title is gone.",
        "已修复片头的临时错误。",
    ],
)
def test_news_is_no_noise(news):
    assert folded(Said(text="Done."), Said(text=news)).text == f"Done.\n\n{news}"


def test_a_final_that_repeats_and_adds_counts_once():
    assert folded(Said(text="Working."), Said(text="Working. Title added.")).texts == ("Working.", "Title added.")
    assert folded(Said(text="One."), Said(text="Two."), Said(text="One.\n\nTwo.\nThree.")).texts[-1] == "Three."
    assert folded(Said(text="One."), Said(text="Two."), Said(text="One.")).texts == ("One.", "Two.")
    assert folded(Said(text="Done"), Said(text="Done with the music.")).texts[-1] == "Done with the music."


def test_a_sentence_cut_by_a_final_is_made_whole():
    assert folded(Said(text="I added"), Said(text="a title.")).text == "I added a title."
    assert folded(Said(text="Done"), Said(text="Next: music")).text == "Done\n\nNext: music"


def test_what_is_too_long_ends_with_a_sentence():
    text = folded(Said(text="One more sentence here. " * 2_000)).text
    assert TEXT_LIMIT - 30 < len(text) <= TEXT_LIMIT
    assert text.endswith("here.")


@given(st.lists(st.text(max_size=60), max_size=6))
def test_folding_any_words_loses_none_but_noise(texts):
    transcript = folded(*(Said(text=text) for text in texts))
    assert len(transcript.texts) <= len(texts)
    assert len(transcript.text) <= sum(len(text) + 2 for text in texts)


@pytest.mark.parametrize(
    ("tool", "phase"),
    [
        ("generate_video_with_seedance", "status.working_video"),
        ("generate_music_suno", "status.working_sound"),
        ("add_voiceover", "status.working_sound"),
        ("edit_multitrack", "status.working"),
        ("understand_media", "status.working_look"),
        ("Add_Title", "status.working_titles"),
        ("", "status.working"),
    ],
)
def test_the_phase_of_a_tool(tool, phase):
    assert phase_of(tool) == phase


@pytest.mark.parametrize(
    ("texts", "text"),
    [
        (("I added a", "title."), "I added a title."),
        (("I added a", "Title."), "I added a\n\nTitle."),
        (("I added a", "aB cut."), "I added a aB cut."),
        (("I added a title.", "and music."), "I added a title.\n\nand music."),
        (("title", "added", "here."), "title added here."),
        (("片头已加", "完成。"), "片头已加\n\n完成。"),
    ],
)
def test_a_sentence_cut_in_two_by_finals_is_made_whole(texts, text):
    assert folded(*(Said(text=each) for each in texts)).text == text


@pytest.mark.parametrize(
    ("texts", "text"),
    [
        (("Title added.", "Title added. Music too."), "Title added.\n\nMusic too."),
        (("Title added.", "Title  added.\nMusic too."), "Title added.\n\nMusic too."),
        (("A title.", "Some music.", "A title. Some music. Done."), "A title.\n\nSome music.\n\nDone."),
        (("A title.", "Some music.", "Some music. Done."), "A title.\n\nSome music.\n\nDone."),
        (("Title", "Titles are added."), "Title\n\nTitles are added."),  # not a whole sentence: no repetition
        (("Title added.", "Title changed."), "Title added.\n\nTitle changed."),
        (("Title added. Done.", "Title added."), "Title added. Done.\n\nTitle added."),
        (("A.", " A. "), "A."),
    ],
)
def test_of_a_final_that_repeats_only_the_addition_counts(texts, text):
    assert folded(*(Said(text=each) for each in texts)).text == text


@pytest.mark.parametrize("length", [TEXT_LIMIT - 1, TEXT_LIMIT, TEXT_LIMIT + 1, 2 * TEXT_LIMIT])
def test_an_endless_text_ends_with_a_sentence(length):
    sentence = "A short one. "
    text = (sentence * (length // len(sentence) + 1))[:length].strip()
    said = folded(Said(text=text)).text
    assert len(said) <= TEXT_LIMIT
    assert said == text if len(text) <= TEXT_LIMIT else said.endswith("one.")
    assert len(folded(Said(text="x" * length)).text) == min(length, TEXT_LIMIT)
