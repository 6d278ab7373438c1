"""Forms in the fake: filled in, refused, changed, laid on top of each other."""

from datetime import date

import pytest

from tests.slack.fake import Person
from tests.slack.finding import NotThere
from tests.slack.forms import FormIncomplete
from tests.slack.records import Json, View
from tests.slack.stub_app import Reply, StubApp
from tests.slack.test_payloads import (
    actions,
    asks,
    button,
    modal,
    option,
    plain,
    section,
    select,
)

REPORT = modal(
    asks(select(), block_id="status"),
    {
        **asks({"type": "plain_text_input", "action_id": "words", "max_length": 20}),
        "label": plain("Kommentar"),
        "block_id": "comment",
        "optional": True,
    },
)


def opens(app: StubApp, view: Json, person: Person) -> View:
    """A form that the app opens when the person types the command."""

    def answer(payload: Json) -> Reply:
        app.client.views_open(trigger_id=payload["trigger_id"], view=view)
        return Reply()

    app.answers = answer
    found = person.command("/samverkan", "rapportera").view
    app.answers = lambda _: Reply()
    return found


def test_a_form_is_filled_in_by_labels_and_submitted(app: StubApp, maja: Person) -> None:
    form = opens(app, REPORT, maja)
    done = maja.fills(form, {"Status": "klar", "Kommentar": "Montage v. 32"}).submit()
    assert done.closed
    view = app.heard[-1].payload["view"]
    values = view["state"]["values"]
    assert values["status"]["status"]["selected_option"] == option("klar")
    assert values["comment"]["words"] == {"type": "plain_text_input", "value": "Montage v. 32"}
    assert (view["id"], view["callback_id"]) == (form.view_id, "report")


def test_a_field_that_was_not_touched_is_told_as_empty(app: StubApp, maja: Person) -> None:
    form = opens(app, REPORT, maja)
    maja.fills(form, {"Status": "pågår"}).submit()
    values = app.heard[-1].payload["view"]["state"]["values"]
    assert values["comment"]["words"]["value"] is None


def test_a_form_with_a_required_field_empty_is_not_submitted(app: StubApp, maja: Person) -> None:
    form = opens(app, REPORT, maja)
    heard = len(app.heard)
    with pytest.raises(FormIncomplete) as refused:
        maja.fills(form, {"Kommentar": "x" * 21}).submit()
    assert set(refused.value.labels) == {"Status", "Kommentar"}
    assert len(app.heard) == heard


def test_a_form_is_submitted_once_and_by_its_own_button(app: StubApp, maja: Person) -> None:
    silent = {**modal(section())}
    del silent["submit"]
    with pytest.raises(NotThere, match="no button"):
        maja.fills(opens(app, silent, maja), {}).submit()
    filled = maja.fills(opens(app, REPORT, maja), {"Status": "klar"})
    filled.submit()
    with pytest.raises(NotThere, match="closed"):
        filled.submit()


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5"),
        ({"type": "number_input", "is_decimal_allowed": True}, "många"),
        ({"type": "number_input", "is_decimal_allowed": False, "max_value": "100"}, "101"),
        ({"type": "number_input", "is_decimal_allowed": False, "min_value": "0"}, "-1"),
        ({"type": "email_text_input"}, "maja"),
        ({"type": "url_text_input"}, "www"),
        ({"type": "plain_text_input", "min_length": 3}, "ab"),
        ({"type": "plain_text_input"}, "två\nrader"),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U1", "U2"]),
    ],
)
def test_slacks_own_client_holds_each_field_to_its_limits(
    app: StubApp, maja: Person, element: Json, value: object
) -> None:
    form = opens(app, modal(asks({**element, "action_id": "a"})), maja)
    with pytest.raises(FormIncomplete):
        maja.fills(form, {"Status": value}).submit()


@pytest.mark.parametrize(
    ("element", "value", "held"),
    [
        ({"type": "datepicker"}, date(2024, 6, 10), {"selected_date": "2024-06-10"}),
        ({"type": "timepicker"}, "08:00", {"selected_time": "08:00"}),
        ({"type": "datetimepicker"}, 1718000000, {"selected_date_time": 1718000000}),
        ({"type": "number_input", "is_decimal_allowed": False}, 40, {"value": "40"}),
        ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
        ({"type": "multi_users_select"}, ["U1"], {"selected_users": ["U1"]}),
        ({"type": "conversations_select"}, "C1", {"selected_conversation": "C1"}),
        (
            {"type": "checkboxes", "options": [option("a"), option("b")]},
            ["a", "b"],
            {"selected_options": [option("a"), option("b")]},
        ),
        (
            {"type": "radio_buttons", "options": [option("ja"), option("nej")]},
            "ja",
            {"selected_option": option("ja")},
        ),
    ],
)
def test_each_kind_of_field_is_told_in_slacks_words(
    app: StubApp, maja: Person, element: Json, value: object, held: Json
) -> None:
    form = opens(app, modal(asks({**element, "action_id": "a"}, block_id="b")), maja)
    maja.fills(form, {"Status": value}).submit()
    values = app.heard[-1].payload["view"]["state"]["values"]
    assert values["b"]["a"] == {"type": element["type"], **held}


def test_errors_keep_the_form_open_until_they_are_mended(app: StubApp, maja: Person) -> None:
    form = opens(app, REPORT, maja)
    errors = {"comment": "Skriv vad som hindrar."}
    app.answers = lambda _: Reply({"response_action": "errors", "errors": errors})
    done = maja.fills(form, {"Status": "klar"}).submit()
    assert (done.errors, done.closed) == (errors, False)
    app.answers = lambda _: Reply()
    assert maja.fills(form, {"Status": "klar"}).submit().closed


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"comment": ""}},
        {"response_action": "close"},
        {"text": "Tack"},
        "Tack",
    ],
)
def test_an_odd_answer_to_a_form_is_a_fault(app: StubApp, maja: Person, answer: object) -> None:
    form = opens(app, REPORT, maja)
    app.answers = lambda _: Reply(answer)
    assert not maja.fills(form, {"Status": "klar"}).submit().closed
    assert app.slack.faults.pop().kind == "invalid_response"


def test_a_form_may_change_into_another_or_lay_one_on_top(app: StubApp, maja: Person) -> None:
    form = opens(app, REPORT, maja)
    second = modal(asks(select(), block_id="status"), title=plain("Två"))
    app.answers = lambda _: Reply({"response_action": "update", "view": second})
    done = maja.fills(form, {"Status": "klar"}).submit()
    assert (done.view.view_id, done.view.title) == (form.view_id, "Två")
    app.answers = lambda _: Reply({"response_action": "push", "view": REPORT})
    top = maja.fills(form, {"Status": "klar"}).submit().view
    assert (top.previous, top.root) == (form.view_id, form.view_id)
    app.answers = lambda _: Reply({"response_action": "clear"})
    assert maja.fills(top, {"Status": "klar"}).submit().closed
    assert not form.open


def test_a_trigger_opens_one_form_within_three_seconds(app: StubApp, maja: Person) -> None:
    maja.command("/samverkan")
    maja.command("/samverkan")
    first, second = (heard.payload["trigger_id"] for heard in app.heard)

    def opened(trigger: str) -> object:
        args = {"trigger_id": trigger, "view": REPORT}
        return app.client.api_call("views.open", json=args).get("error")

    app.client.api_call("views.open", json={"trigger_id": first, "view": REPORT})
    for trigger, refusal in (
        (first, "exchanged_trigger_id"),
        (second, "expired_trigger_id"),
        ("x", "invalid_trigger_id"),
    ):
        app.slack.advance(seconds=3.1)
        with pytest.raises(Exception, match=refusal):
            opened(trigger)


def test_three_forms_may_lie_on_top_of_each_other(app: StubApp, maja: Person) -> None:
    form = opens(app, modal(section(), actions(button("Mer"))), maja)

    def push(payload: Json) -> Reply:
        app.client.views_push(trigger_id=payload["trigger_id"], view=form.payload)
        return Reply()

    app.answers = push
    maja.presses("Mer", form)
    maja.presses("Mer", form)
    with pytest.raises(Exception, match="push_limit_reached"):
        app.client.views_push(trigger_id=trigger_of(app, maja), view=form.payload)


def trigger_of(app: StubApp, person: Person) -> str:
    app.answers = lambda _: Reply()
    person.command("/samverkan")
    return str(app.heard[-1].payload["trigger_id"])


def test_a_form_is_updated_while_it_is_the_one_that_was_read(app: StubApp, maja: Person) -> None:
    form = opens(app, REPORT, maja)
    stale = form.hash
    app.client.views_update(view_id=form.view_id, view=REPORT, hash=stale)
    with pytest.raises(Exception, match="hash_conflict"):
        app.client.views_update(view_id=form.view_id, view=REPORT, hash=stale)
    maja.closes(form)
    with pytest.raises(Exception, match="not_found"):
        app.client.views_update(view_id=form.view_id, view=REPORT)


def test_a_closed_form_is_told_of_only_to_an_app_that_asked(app: StubApp, maja: Person) -> None:
    maja.closes(opens(app, REPORT, maja))
    assert len(app.heard) == 1
    maja.closes(opens(app, {**REPORT, "notify_on_close": True}, maja))
    assert app.heard[-1].payload["type"] == "view_closed"


def test_a_long_choice_asks_the_app_for_its_options(app: StubApp, maja: Person) -> None:
    choice = {"type": "external_select", "action_id": "measure", "min_query_length": 2}
    form = opens(app, modal(asks(choice, block_id="b")), maja)
    app.answers = lambda _: Reply({"options": [option("FAR-014 Belysning", "FAR-014")]})
    assert maja.looks_for("Status", "FAR", form) == ["FAR-014 Belysning"]
    asked = app.heard[-1].payload
    assert (asked["type"], asked["value"]) == ("block_suggestion", "FAR")
    assert maja.looks_for("Status", "F", form) == []
    chosen = maja.fills(form, {"Status": "FAR-014"})
    app.answers = lambda _: Reply()
    assert chosen.submit().closed
    app.answers = lambda _: Reply({"options": []})
    with pytest.raises(NotThere):
        maja.fills(form, {"Status": "SOD-001"})


def test_more_than_a_hundred_options_are_a_fault(app: StubApp, maja: Person) -> None:
    form = opens(app, modal(asks({"type": "external_select", "action_id": "m"})), maja)
    app.answers = lambda _: Reply({"options": [option(str(n)) for n in range(101)]})
    assert maja.looks_for("Status", "FAR", form) == []
    assert app.slack.faults.pop().kind == "invalid_options"
