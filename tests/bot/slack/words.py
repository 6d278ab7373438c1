"""Every neutral word that there can be, for tests that must hold for all of them."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from models.drawings import Mark, Matrix, MatrixCell, MatrixRow
from models.message import (
    Actions,
    Button,
    Cell,
    Choice,
    ChoiceField,
    Confirm,
    DateField,
    Divider,
    Fact,
    Facts,
    File,
    Form,
    FormField,
    Heading,
    Image,
    Line,
    Lines,
    Link,
    Message,
    Note,
    NumberField,
    Part,
    PersonField,
    Quote,
    Status,
    Table,
    Text,
    TextField,
    TimeField,
    Tone,
    Weight,
    YesNoField,
)

MATRIX = Matrix(
    title="Representation",
    columns=("Farsta", "Järva"),
    rows=(
        MatrixRow(
            label="Centrala styrgruppen",
            cells=(MatrixCell(mark=Mark.HELD), MatrixCell(mark=Mark.VIA)),
        ),
    ),
    legend=((Mark.HELD, "egen plats"),),
)
SIGNS = st.one_of(
    st.sampled_from("abc åäö <>&*_-\n:`"),
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")),
)
NAMES = string.ascii_lowercase


def texts(most: int, least: int = 1) -> st.SearchStrategy[str]:
    """Short texts mostly, and now and then one as long as may be, of signs that grow."""
    short = st.text(SIGNS, min_size=least, max_size=min(most, 40))
    long = st.sampled_from(["&", "åäö. ", "ord ", "<@U1> "]).map(lambda word: (word * most)[:most])
    return st.one_of(short, short, short, long).filter(lambda text: len(text) >= least)


actions = st.text(NAMES + "._", min_size=1, max_size=100)
confirms = st.builds(Confirm, title=texts(100), text=texts(300), yes=texts(30), no=texts(30))
buttons = st.builds(
    Button,
    label=texts(40),
    action=actions,
    value=texts(1500, 0),
    weight=st.sampled_from(Weight),
    spoken=st.none() | texts(75),
    confirm=st.none() | confirms,
)
ways = st.builds(
    Button,
    label=texts(40),
    action=st.text(NAMES + "._", min_size=1, max_size=100),
    value=texts(49, 0),
    spoken=st.none() | texts(75),
)
links = st.builds(Link, label=texts(40), url=st.just("https://samverkan.example/åtgärder?id=1"))
statuses = st.builds(Status, sign=texts(3), word=texts(75), tone=st.sampled_from(Tone))
cells = st.builds(
    Cell, text=texts(500, 0), status=st.none() | statuses, quote=st.none() | texts(500)
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of any size, each row as wide as its headings."""
    columns = draw(st.lists(texts(60, 0), min_size=1, max_size=5))
    row = st.tuples(*(cells for _ in columns))
    rows = tuple(draw(st.lists(row, min_size=1, max_size=20)))
    leading = draw(st.none() | st.tuples(*(st.none() | ways for _ in rows)))
    return Table(columns=tuple(columns), rows=rows, ways=leading or (), choose=draw(texts(75)))


parts: st.SearchStrategy[Part] = st.one_of(
    st.builds(Heading, text=texts(150)),
    st.builds(Text, text=texts(3000)),
    st.builds(Quote, text=texts(3000), by=st.none() | texts(100)),
    st.builds(
        Facts,
        facts=st.lists(
            st.builds(
                Fact,
                label=texts(200),
                value=texts(1500),
                ways=st.just(()) | st.lists(ways, max_size=25).map(tuple),
                choose=texts(75),
            ),
            min_size=1,
            max_size=10,
        ).map(tuple),
        figures=st.booleans(),
    ),
    st.builds(
        Lines,
        title=texts(200),
        lines=st.lists(
            st.builds(Line, text=texts(1000), way=st.none() | ways), min_size=1, max_size=25
        ).map(tuple),
        choose=texts(75),
    ),
    statuses,
    st.builds(Image, drawing=st.just(MATRIX), alt=texts(2000), name=st.just("tackning")),
    st.builds(
        File,
        label=texts(200),
        name=st.just("tackning.csv"),
        media_type=st.just("text/csv"),
        data=st.just("aGVq"),
    ),
    st.builds(Note, text=texts(2000)),
    st.just(Divider()),
    st.builds(
        Actions, buttons=st.lists(st.one_of(buttons, links), min_size=1, max_size=5).map(tuple)
    ),
)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """A message of any parts, perhaps with a table among them."""
    found = draw(st.lists(parts, min_size=1, max_size=12))
    if draw(st.booleans()):
        found.insert(draw(st.integers(0, len(found))), draw(tables()))
    return Message(summary=draw(texts(1000)), parts=tuple(found))


choices = st.builds(Choice, label=texts(75), value=texts(150))
common = {"label": texts(200), "hint": st.none() | texts(500), "required": st.booleans()}


def fields(name: str) -> st.SearchStrategy[FormField]:
    """A field of any kind with this name."""
    named = {**common, "name": st.just(name)}
    return st.one_of(
        st.builds(TextField, **named, initial=texts(1000, 0), several_lines=st.booleans()),
        st.builds(
            NumberField,
            **named,
            initial=st.none() | st.integers(1, 10).map(float),
            low=st.none() | st.just(0.0),
            high=st.none() | st.just(10.5),
            whole=st.booleans(),
        ),
        st.builds(DateField, **named, initial=st.none() | st.dates()),
        st.builds(TimeField, **named, initial=st.none() | st.times()),
        choice_fields(name),
        st.builds(PersonField, **named, initial=st.none() | choices),
        st.builds(YesNoField, **named, initial=st.booleans()),
    )


@st.composite
def choice_fields(draw: st.DrawFn, name: str) -> ChoiceField:
    """Few choices or many, and some of them chosen already."""
    offered = draw(
        st.lists(choices, min_size=1, max_size=15, unique_by=lambda choice: choice.value)
    )
    several = draw(st.booleans())
    chosen = draw(st.lists(st.sampled_from(offered), max_size=3 if several else 1, unique=True))
    return ChoiceField(
        **{key: draw(strategy) for key, strategy in common.items()},
        name=name,
        choices=tuple(offered),
        several=several,
        open_list=draw(st.booleans()),
        initial=tuple(choice.value for choice in chosen),
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of any fields, each with a name of its own."""
    count = draw(st.integers(1, 8))
    return Form(
        name=draw(actions),
        title=draw(texts(24)),
        submit=draw(texts(24)),
        cancel=draw(texts(24)),
        intro=draw(texts(3500, 0)),
        note=draw(texts(500, 0)),
        fields=tuple(draw(fields(f"field_{number}")) for number in range(count)),
        state=draw(texts(2000, 0)),
    )
