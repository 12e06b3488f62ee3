//! Lists to choose from.

use super::panels::tagged;
use super::{PLAIN, expect_rows, frame, whole};
use crate::app::Area;

#[test]
fn the_speaker_picker_lists_names_with_their_roles() {
    let mut stage = tagged();
    stage.press("q");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: 5, height: 5, ..whole(&stage.app) },
        &[
            "  ╭ speaker of C2 ───────────────────────────────────────╮",
            "  │ >                                                    │",
            "  │ ▶ Серик Беркамалов  аким · Беркамалову               │",
            "  │   nobody  the narrator, or not known                 │",
            "  ╰──────────────────────────────────────────────────────╯",
        ],
    );
    stage.type_in("Анна\u{301}");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: 5, height: 5, ..whole(&stage.app) },
        &[
            "  ╭ speaker of C2 ───────────────────────────────────────╮",
            "  │ > Анна\u{301}                                               │",
            "  │ ▶ Анна\u{301} (new)  add to the register                    │",
            "  ╰──────────────────────────────────────────────────────╯",
        ],
    );
}

#[test]
fn the_palette_lists_keys_in_a_column() {
    let mut stage = tagged();
    stage.resize(80, 24);
    stage.press(":");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { x: 2, y: 1, width: 76, height: 9 },
        &[
            "╭ commands: type to filter, Enter does it ─────────────────────────────────╮",
            "│ >                                                               1 of 100 │",
            "│ ▶ h, Left            one character back  Moving · left                   │",
            "│   l, Right           one character on  Moving · right                    │",
            "│   k, Up              one row up  Moving · up                             │",
            "│   j, Down            one row down  Moving · down                         │",
            "│   w, Ctrl-Right      next word  Moving · next-word                       │",
            "│   b, Ctrl-Left       previous word  Moving · previous-word               │",
            "│   s                  next sentence  Moving · next-sentence               │",
        ],
    );
    stage.type_in("labour");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: 5, height: 6, ..whole(&stage.app) },
        &[
            "  ╭ commands: type to filter, Enter does it ─────────────────────────────────╮",
            "  │ > labour                                                                 │",
            "  │ ▶ c l                change to labour  theme · labor, work, employment,… │",
            "  │   a l                annotate as labour  nothing is selected: m selects… │",
            "  │ Work, employment, professions and the law of labour.                     │",
            "  │                                                                          │",
        ],
    );
}

#[test]
fn what_cannot_be_done_now_is_listed_with_the_reason_in_full_where_it_is_chosen() {
    let mut stage = tagged();
    stage.resize(80, 24).press(":").type_in("shrink");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: 5, height: 5, ..whole(&stage.app) },
        &[
            "",
            "  ╭ commands: type to filter, Enter does it ─────────────────────────────────╮",
            "  │ > shrink                                                                 │",
            "  │ ▶ i                  shrink again  nothing was grown: o grows the selec… │",
            "  │ not now: nothing was grown: o grows the selection                        │",
        ],
    );
}

#[test]
fn help_lists_what_can_be_done_here_the_most_useful_first() {
    let mut stage = tagged();
    stage.resize(80, 24).press("?");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { x: 2, y: 1, width: 76, height: 6 },
        &[
            "╭ what can be done here: type to filter, Enter does it ────────────────────╮",
            "│ >                                                                1 of 78 │",
            "│ ▶ m                  select                                              │",
            "│   q                  who is quoted, who claims  Annotating · speaker     │",
            "│   z                  its values, a key each; Enter: as the one before  … │",
            "│   e                  label, attributes, speaker and note in one form  A… │",
        ],
    );
}
