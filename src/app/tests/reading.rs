//! Moving, selecting, what is told.

use super::super::{Access, Mode};
use super::{Effect, Key, Message, Stage, check};
use crate::annotation::Value;
use crate::config::Config;
use crate::keymap::Keyboard;

#[test]
fn characters_are_whole_clusters() {
    check("[|]и\u{306}👩🏽\u{200d}🌾а", "l", "и\u{306}[|]👩🏽\u{200d}🌾а");
    check("и\u{306}👩🏽\u{200d}🌾[|]а", "h h", "[|]и\u{306}👩🏽\u{200d}🌾а");
    check("[|]и\u{306}👩🏽\u{200d}🌾а", "S-Right S-Right", "[и\u{306}👩🏽\u{200d}🌾|]а");
    check("и\u{306}👩🏽\u{200d}🌾[|]а", "S-Left", "и\u{306}[|👩🏽\u{200d}🌾]а");
}

#[test]
fn moving_drops_the_selection_and_extending_keeps_it() {
    check("[Право|] на труд 👍", "w", "Право [|]на труд 👍");
    check("[|]Право на за\u{301}мок 👍", "v w w", "[Право на|] за\u{301}мок 👍");
    check("[|]Право на за\u{301}мок 👍", "v w w w v b", "Право на [|]за\u{301}мок 👍");
    check("[|]Право на за\u{301}мок 👍", "C-S-Right C-S-Right C-S-Right", "[Право на за\u{301}мок|] 👍");
    check("Право на за\u{301}мок[|] 👍", "C-S-Left", "Право на [|за\u{301}мок] 👍");
}

#[test]
fn a_growing_selection_takes_no_blank_behind_the_unit() {
    check("[|]Раз и\u{306}.  Екі 👍. Three", "v s", "[Раз и\u{306}.|]  Екі 👍. Three");
    check("[|]Раз и\u{306}.\n\nЕкі 👍.", "v p", "[Раз и\u{306}.|]\n\nЕкі 👍.");
    check("АСАНОВ: [|]Да\u{301} 👍.\nСЕРІК: Жоқ.\n", "v t", "АСАНОВ: [Да\u{301} 👍.|]\nСЕРІК: Жоқ.\n");
}

#[test]
fn the_ends_are_swapped_so_that_either_can_be_moved() {
    check("Право [на|] за\u{301}мок 👍", "x", "Право [|на] за\u{301}мок 👍");
    check("Право [на|] за\u{301}мок 👍", "v x b x w", "[Право на за\u{301}мок|] 👍");
}

#[test]
fn objects_are_selected_by_two_keys_on_any_layout() {
    check("Тру[|]д и за\u{301}мок. 👍", "m w", "[Труд|] и за\u{301}мок. 👍");
    check("Тру[|]д и за\u{301}мок. 👍", "m s", "[Труд и за\u{301}мок|]. 👍");
    check("Тру[|]д и за\u{301}мок. 👍", "m S", "[Труд и за\u{301}мок.|] 👍");
    check("Тру[|]д и за\u{301}мок. 👍", "ь ц", "[Труд|] и за\u{301}мок. 👍");
    check("«Тру[|]д и\u{306}» 👍", "m q", "«[Труд и\u{306}|]» 👍");
    check("«Тру[|]д и\u{306}» 👍", "m Q", "[«Труд и\u{306}»|] 👍");
    check("{claim:Тру[|]д и\u{306}} 👍", "m a", "{claim:[Труд и\u{306}|]} 👍");
    check("Раз.\nДва[|] и\u{306} 👍.", "m p", "Раз.\n[Два и\u{306} 👍.|]");
    check("Раз.\nДва[|] и\u{306} 👍.", "m d", "[Раз.\nДва и\u{306} 👍.|]");
    check("\u{feff}Раз.\nДва[|] и\u{306} 👍.", "m d", "\u{feff}[Раз.\nДва и\u{306} 👍.|]");
    check("АСАНОВ: Да\u{301} [|]👍.\nСЕРІК: Жоқ.", "m u", "АСАНОВ: [Да\u{301} 👍.|]\nСЕРІК: Жоқ.");
}

#[test]
fn a_selection_becomes_all_that_it_touches() {
    check("Р[аз. Два и\u{306} 👍. Т|]ри. Четыре.", "m s", "[Раз. Два и\u{306} 👍. Три|]. Четыре.");
    check("Р[|аз. Два и\u{306} 👍. Т]ри. Четыре.", "m S", "[Раз. Два и\u{306} 👍. Три.|] Четыре.");
    check("Раз, [два и\u{306}, 👍 т|]ри, четыре.", "m c", "Раз, [два и\u{306}, 👍 три|], четыре.");
    check("Раз.\nД[ва и\u{306}.\nТ|]ри 👍.", "m p", "Раз.\n[Два и\u{306}.\nТри 👍.|]");
    check("Р[аз два и\u{306} 👍 т|]ри.", "m w", "[Раз два и\u{306} 👍 три|].");
}

#[test]
fn an_object_that_is_not_there_is_said_so_and_nothing_moves() {
    let mut stage = check("Без и\u{306} кав[|]ычек 👍", "m q", "Без и\u{306} кав[|]ычек 👍");
    assert!(stage.refused());
    stage.expect_told("no quotation marks").press("m a").expect_told("no annotation");
    stage.press("m u").expect_told("no speaker turn");
    let mut quoted = Stage::new("«Тру[|]д и\u{306}» 👍");
    quoted
        .press("m q m q")
        .expect_told("no quotation is around the one that is selected")
        .expect("«[Труд и\u{306}|]» 👍");
    quoted.press("m Q m Q").expect_told("no quotation is around the one that is selected");
    stage.press("t").expect_told("marks no speaker turns");
}

#[test]
fn growing_is_undone_by_shrinking() {
    let mut stage = check("Он: «Тру[|]д и\u{306}» 👍.", "o o o", "Он: [«Труд и\u{306}»|] 👍.");
    stage.press("i").expect("Он: «[Труд и\u{306}|]» 👍.").press("i i").expect("Он: «Тру[|]д и\u{306}» 👍.");
    stage.press("i").expect_told("o grows");
    stage.press("o w i").expect("Он: «Труд [|]и\u{306}» 👍.");
}

#[test]
fn rows_keep_the_cell_and_stop_at_the_edges() {
    check("сто\u{301}л👍\nя\nпервый[|] ряд", "k", "сто\u{301}л👍\nя[|]\nпервый ряд");
    check("сто\u{301}л👍\nя\nпервый[|] ряд", "k k", "сто\u{301}л👍[|]\nя\nпервый ряд");
    check("сто\u{301}л👍\nя\nпервый[|] ряд", "k k j j", "сто\u{301}л👍\nя\nпервый[|] ряд");
    check("сто\u{301}[|]л👍\nя", "k", "[|]сто\u{301}л👍\nя");
    check("сто\u{301}л👍\n[|]я", "j", "сто\u{301}л👍\nя[|]");
    check("сто\u{301}[|]л👍\nя", "S-Down", "[сто\u{301}л👍\nя|]");
    check("сто\u{301}[|]л👍\nя", "Space x S-Down", "сто\u{301}[л👍\nя|]").expect_told("");
    check("сто\u{301}[|]л👍\nя", "Home S-End", "[сто\u{301}л👍|]\nя");
    check("сто\u{301}[|]л👍\nя", "g e", "сто\u{301}л👍\nя[|]");
    check("сто\u{301}л👍\n[|]я", "g g", "[|]сто\u{301}л👍\nя");
}

#[test]
fn escape_leaves_the_innermost_thing_first() {
    let mut stage = check("Тру[|]д {claim:и за\u{301}мок} 👍", "/", "Тру[|]д {claim:и за\u{301}мок} 👍");
    stage.type_in("и").press("Enter Tab v w a");
    assert!(!stage.app.pending.is_empty() && stage.app.extending && stage.app.query.is_some());
    stage.press("Esc");
    assert!(stage.app.pending.is_empty() && stage.app.extending, "first the keys begun");
    stage.press("Esc").expect("Труд {claim:и[|] за\u{301}мок} 👍");
    assert!(!stage.app.extending && stage.app.query.is_some(), "then the selection");
    stage.press("Esc");
    assert!(stage.app.query.is_none() && stage.app.focus.is_some(), "then the places found");
    stage.press("Esc").expect("Труд {claim:и[|] за\u{301}мок} 👍");
    assert!(stage.app.focus.is_some(), "what commands act on stays");
    stage.press("g e Esc");
    assert!(stage.app.focus.is_none(), "away from it, the focus");
}

#[test]
fn a_key_without_a_command_is_told_with_the_keys_before_it() {
    let mut stage = check("[|]Сто\u{301}л 👍", "G", "[|]Сто\u{301}л 👍");
    stage.expect_told("no command on G");
    stage.press("m G").expect_told("no command on m G");
    assert!(stage.app.pending.is_empty());
    stage.press("ж").expect_told("no command on ж");
    stage.press("C-c").expect_told("Ctrl-Q leaves").press("C-с").expect_told("Ctrl-Q leaves");
}

#[test]
fn a_cyrillic_layout_is_noticed_once_it_is_used() {
    let mut stage = check("[|]Сто\u{301}л 👍", "w", "Сто\u{301}л 👍[|]");
    assert!(!stage.app.cyrillic);
    stage.press("и").expect("[|]Сто\u{301}л 👍");
    assert!(stage.app.cyrillic);
    stage.press("Esc : w Esc").expect("[|]Сто\u{301}л 👍");
    assert!(stage.app.cyrillic, "what is typed into a field says nothing");
    stage.press("w").expect("Сто\u{301}л 👍[|]");
    assert!(!stage.app.cyrillic, "changed back");
}

#[test]
fn what_is_told_names_keys_as_the_layout_in_use_has_them() {
    for (notation, keys, told) in [
        ("[|]за\u{301}мок 👍", "ж", "press ?(,) for all keys"),
        (
            "[|]за\u{301}мок 👍",
            "ф д",
            "m(ь) selects by object (m(ь) s(ы) the sentence, m(ь) Q(Й) the quotation), v(м) extends",
        ),
        ("[|]за\u{301}мок 👍", "в", "select words, then a(ф) and a label's key"),
        ("[|]за\u{301}мок {claim:👍}", "у", "Tab goes to the next one"),
        ("[|]за\u{301}мок 👍", "т", "/(.) finds words"),
        ("{claim:[|]за\u{301}мок} 👍", "к", "r(к) lists them"),
        ("[|]за\u{301}мок 👍", "Space д", "Space L(Д): below all"),
    ] {
        Stage::new(notation).press(keys).expect_told(told);
    }
}

#[test]
fn the_key_of_find_is_taken_by_position_on_a_kazakh_keyboard() {
    let mut stage = Stage::new("[|]қала и\u{306} 👍 өзен");
    stage.press("№").type_in("өзен").press("Enter").expect("қала и\u{306} 👍 [өзен|]");
    assert!(stage.app.cyrillic);
}

#[test]
fn nothing_can_be_typed_or_pasted_into_the_transcript() {
    let mut stage = check("[|]Сто\u{301}л 👍", "", "[|]Сто\u{301}л 👍");
    stage.paste("другое").expect("[|]Сто\u{301}л 👍").expect_told("cannot be edited");
}

#[test]
fn effects_are_asked_of_the_edge() {
    let mut stage = check("[|]Сто\u{301}л 👍", "Space m Space d C-z C-q", "[|]Сто\u{301}л 👍");
    assert_eq!(stage.effects, [Effect::CaptureMouse(false), Effect::Choose, Effect::Suspend, Effect::Quit]);
    stage.press("Space m");
    assert_eq!(stage.effects.last(), Some(&Effect::CaptureMouse(true)));
    assert!(stage.app.mouse);
}

#[test]
fn the_screen_is_drawn_anew_wherever_one_is_and_nothing_is_left() {
    for keys in [":", "?", "Space s", "Space a", "/ т", "Space j 9", "Space r т", "e", "q", "Space e", "a", "m w E"] {
        let mut stage = Stage::new("{quote:За\u{301}м[|]ок}, {claim:замок} 👍");
        let there = |stage: &Stage| format!("{:?} {:?}", stage.app.mode, stage.app.pending);
        let before = there(stage.press(keys));
        for key in ["C-l", "C-д"] {
            assert_eq!(stage.press(key).effects, [Effect::Redraw], "{keys} {key}");
            assert_eq!(there(&stage), before, "{keys} {key}");
            stage.effects.clear();
        }
    }
}

#[test]
fn saving_asks_for_a_snapshot_only_if_there_is_something_in_it() {
    let mut stage = check("[Сто\u{301}л|] 👍", "C-s", "[Сто\u{301}л|] 👍");
    assert_eq!(stage.effects, [Effect::Look], "others may have put another there");
    stage.expect_told("holds everything").press("a c C-s");
    assert_eq!(stage.effects.len(), 3);
    assert_eq!(stage.effects[2], Effect::Save);
    stage.send(Message::Recorded(1)).send(Message::Synced(1)).send(Message::Saved(1)).press("C-ы");
    assert_eq!(stage.effects[3..], [Effect::Look]);
}

#[test]
fn while_the_annotations_are_read_the_text_can_be_read_too() {
    let mut stage = Stage::new("[|]Сто\u{301}л 👍");
    stage.app.access = Access::Opening;
    stage.press("S-Right a c").expect("[С|]то\u{301}л 👍").expect_told("still being read");
    assert!(matches!(stage.app.mode, Mode::Normal));
}

#[test]
fn jumps_are_gone_back_from_and_forward_again() {
    let text = "[|]раз и\u{306} два 👍 три";
    let mut stage = Stage::new(text);
    stage.press("/").type_in("два").press("Enter Esc");
    stage.expect("раз и\u{306} два[|] 👍 три");
    stage.press("g e").expect("раз и\u{306} два 👍 три[|]");
    stage.press("C-o").expect("раз и\u{306} два[|] 👍 три");
    stage.press("A-Left").expect(text);
    stage.press("C-щ").expect_told("no jump to go back from");
    stage.press("A-Right A-Right").expect("раз и\u{306} два 👍 три[|]");
    stage.press("A-Right").expect_told("no jump to repeat");
}

#[test]
fn a_citation_names_speaker_document_and_offsets() {
    let mut stage = Stage::new("{quote:Тру[|]д и\u{306} 👍} да");
    stage.press("y");
    assert_eq!(stage.effects, [Effect::Copy("Труд и\u{306} 👍".to_owned())]);
    let citation = format!("“Труд и\u{306} 👍” ({}, 0–9)", stage.app.document.id);
    stage.press("Y");
    assert_eq!(stage.effects.last(), Some(&Effect::Copy(citation)));
    let mut blank = Stage::new("и\u{306} [|]👍");
    blank.press("y").expect_told("nothing to copy");
}

#[test]
fn what_is_cited_from_within_a_quotation_is_cited_as_the_words_of_whoever_is_quoted() {
    let mut stage = Stage::new("{quote:Мы и\u{306} 👍 за {youth:тр[|]уд}, а {quote:дети} – нет} да");
    let asanov = stage.register("Асанов");
    stage.set_value(1, "speaker", Value::Speaker(asanov));
    let cited = |stage: &mut Stage| match stage.press("Y").effects.last() {
        Some(Effect::Copy(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    let id = stage.app.document.id.to_string();
    assert_eq!(cited(&mut stage), format!("“труд” (Асанов, {id}, 11–15)"), "a theme names nobody itself");
    stage.press("m w");
    assert_eq!(cited(&mut stage), format!("“труд” (Асанов, {id}, 11–15)"), "nor does a selection");
    let (quoted, beyond) = (stage.cell_of("дети"), stage.cell_of("нет"));
    stage.click(quoted).press("m w");
    assert_eq!(cited(&mut stage), format!("“дети” ({id}, 19–23)"), "who is quoted by them is not known");
    stage.press("Esc").click(beyond).press("S-Right S-Right S-Right S-Right S-Right S-Right");
    assert!(!cited(&mut stage).contains("Асанов"), "what goes on behind the quotation is nobody's");
}

#[test]
fn the_keys_of_find_and_help_are_taken_by_position_before_the_layout_is_seen_too() {
    for before in ["", "ц"] {
        let mut stage = Stage::new("[|]раз и\u{306} 👍 два");
        stage.press(before).press(".").type_in("два").press("Enter").expect("раз и\u{306} 👍 [два|]");
        stage.press(",");
        assert!(matches!(stage.app.mode, Mode::Picker(_)));
    }
    let mut stage = Stage::new("[|]раз и\u{306} 👍 два");
    let mut config = Config::default();
    config.keyboard = Keyboard::Us;
    stage.send(Message::Configured(Box::new(config))).press(".").expect_told("no command on .");
}

#[test]
fn what_is_extended_by_rows_ends_where_words_do_and_by_characters_where_it_is_told() {
    let text = "сло\u{301}во и [|]друго\u{301}е 👍\nпра\u{301}во на труд";
    check(text, "S-Down", "сло\u{301}во и [друго\u{301}е 👍\nпра\u{301}во на|] труд");
    check(text, "v j", "сло\u{301}во и [друго\u{301}е 👍\nпра\u{301}во на|] труд");
    check(text, "l S-Home", "[|сло\u{301}во и друго\u{301}е] 👍\nпра\u{301}во на труд");
    check(text, "S-Right S-Right", "сло\u{301}во и [др|]уго\u{301}е 👍\nпра\u{301}во на труд");
    check(text, "v / т р Enter", "сло\u{301}во и [друго\u{301}е 👍\nпра\u{301}во на труд|]");
    let mut stage = check(text, "Space x", text);
    stage.expect_told("may end within words").press("l S-Home");
    stage.expect("[|сло\u{301}во и д]руго\u{301}е 👍\nпра\u{301}во на труд");
    stage.press("Space x").expect_told("ends where words do");
}

#[test]
fn either_end_is_moved_by_words() {
    let text = "раз [два и\u{306}|] 👍 три";
    check(text, "A-b", "[раз два и\u{306}|] 👍 три");
    check(text, "A-b A-w", "раз [два и\u{306}|] 👍 три");
    check(text, "A-w", "раз два [и\u{306}|] 👍 три");
    check(text, "A-ц C-S-Right", "раз два [и\u{306} 👍 три|]");
    let mut last = check(text, "A-w A-w", "раз два [и\u{306}|] 👍 три");
    last.expect_told("the last word stays selected");
    check("раз [|и\u{306}] 👍 три", "A-b", "раз [|и\u{306}] 👍 три");
}

#[test]
fn growing_goes_from_the_word_by_clause_sentence_quotation_paragraph_to_the_turn() {
    let mut stage = Stage::new(
        "АСАНОВ: Он сказал: «Тру[|]\u{434} и\u{306} долг, а не игра. Да 👍!» Нет.\nЕщё.\nБЕРИК: Да.\nАСАНОВ: Нет.\n",
    );
    let mut grown = Vec::new();
    for _ in 0..9 {
        let before = stage.app.selected();
        stage.press("o");
        let Some(span) = stage.app.selected().filter(|span| Some(*span) != before) else { break };
        grown.push(stage.app.document.text.slice(span).to_owned());
    }
    assert_eq!(
        grown,
        [
            "Труд",
            "Труд и\u{306} долг",
            "Труд и\u{306} долг, а не игра",
            "Труд и\u{306} долг, а не игра. Да 👍!",
            "«Труд и\u{306} долг, а не игра. Да 👍!»",
            "Он сказал: «Труд и\u{306} долг, а не игра. Да 👍!»",
            "АСАНОВ: Он сказал: «Труд и\u{306} долг, а не игра. Да 👍!» Нет.",
            "АСАНОВ: Он сказал: «Труд и\u{306} долг, а не игра. Да 👍!» Нет.\nЕщё.",
        ]
    );
    stage.expect_told("m d selects the document");
}

#[test]
fn what_was_told_is_listed_in_full_and_the_options_with_where_they_are_set() {
    let mut stage = Stage::new("Всё про за\u{301}мок 👍‸");
    let long = format!("речь 👍: {}", "причина ".repeat(30));
    stage.send(Message::Told(long.clone()));
    stage.send(Message::Key(Key::char(' ')));
    stage.send(Message::Key(Key::char('n')));
    let Mode::Picker(picker) = &stage.app.mode else { panic!("a list") };
    let shown: Vec<String> = picker.matches().iter().map(|item| item.text.clone()).collect();
    assert!(shown.len() > 2 && shown[0].starts_with("! речь 👍"), "{shown:?}");
    let words: usize = shown.iter().map(|line| line.matches("причина").count()).sum();
    assert_eq!(words, 30);
    let mut config = crate::config::Config::default();
    config.take_options("(snapping: false, wrap: 40, keyboard: \"kk-kazrus\")", "config.ron");
    config.take_keymap("{\"Z\": \"options\"}", "keymap.ron");
    stage.send(Message::Key(Key::parse("Esc").unwrap()));
    stage.send(Message::Configured(Box::new(config)));
    assert_eq!((stage.app.edges, stage.app.cyrillic), (crate::app::Edges::Characters, true));
    stage.send(Message::Key(Key::char('Z')));
    let Mode::Picker(picker) = &stage.app.mode else { panic!("a list") };
    let wrap = picker.matches().into_iter().find(|item| item.text.starts_with("wrap")).unwrap();
    assert!(wrap.text.ends_with("40") && wrap.detail.starts_with("config.ron:1 · "), "{wrap:?}");
}
