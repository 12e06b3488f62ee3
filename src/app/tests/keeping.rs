//! What cannot be kept is told as long as that lasts, and nobody leaves without knowing.

use super::*;
use crate::app::Mode;

const TEXT: &str = "[Тру\u{301}д|] 👍 и\u{306}";

/// A claim that could not be recorded.
fn failed() -> Stage {
    let mut stage = Stage::new(TEXT);
    stage.press("a c").send(Message::Failed("disk full".to_owned()));
    stage.effects.clear();
    stage
}

fn picker(stage: &Stage) -> (&str, Vec<String>) {
    let Mode::Picker(picker) = &stage.app.mode else { panic!("no list: {:?}", stage.app.mode) };
    (&picker.title, picker.matches().into_iter().map(|item| item.text).collect())
}

#[test]
fn a_failure_lasts_until_it_is_recorded_and_then_that_is_told() {
    let mut stage = failed();
    let banner = "NOT RECORDED · C-s tries again · Space p saves elsewhere · disk full";
    for keys in ["w", "j", "a r", "Esc"] {
        stage.press(keys);
        assert_eq!(stage.app.banner().as_deref(), Some(banner), "after {keys}");
    }
    stage.send(Message::Recorded(1)).expect_told("recorded again: nothing was lost");
    assert_eq!((stage.app.banner(), &stage.app.access), (None, &Access::Write));
    stage.press("g g v w a r").expect("{claim:{rights:[Тру\u{301}д|]}} 👍 и\u{306}");
}

#[test]
fn trying_again_in_vain_does_not_tell_it_anew() {
    let mut stage = failed();
    stage.press("w").send(Message::Failed("disk full".to_owned()));
    assert_eq!(stage.notice(), "");
    stage.send(Message::Failed("no such directory".to_owned())).expect_told("no such directory");
}

#[test]
fn asking_to_save_and_coming_back_try_again() {
    let mut stage = failed();
    stage.press("C-s").expect_told("trying again");
    assert_eq!(std::mem::take(&mut stage.effects), [Effect::Save]);
    stage.send(Message::Focus);
    assert_eq!(stage.effects, [Effect::Look]);
}

#[test]
fn a_snapshot_that_cannot_be_written_is_told_and_stops_nobody() {
    let mut stage = Stage::new(TEXT);
    stage.press("a c").send(Message::Recorded(1)).send(Message::Unsaved("read-only".to_owned()));
    stage.expect_told("the snapshot cannot be written: read-only");
    let banner = "SNAPSHOT NOT WRITTEN, the history holds everything · C-s tries again · read-only";
    assert_eq!(stage.app.banner().as_deref(), Some(banner));
    stage.press("a r").expect("{claim:{rights:[Тру\u{301}д|]}} 👍 и\u{306}").press("C-q");
    assert_eq!(stage.effects.last(), Some(&Effect::Quit));
    stage.send(Message::Saved(2)).expect_told("the snapshot is written again");
    assert_eq!(stage.app.banner(), None);
}

#[test]
fn leaving_says_what_would_be_lost_and_offers_a_way_out() {
    for keys in ["C-q", "Space q", "Space d"] {
        let mut stage = failed();
        stage.press(keys);
        assert_eq!(stage.effects, [], "{keys}");
        let ways = ["save elsewhere, then leave", "try again to record it", "leave and lose it"];
        assert_eq!(picker(&stage), ("1 change is not recorded: claim C1", ways.map(str::to_owned).to_vec()));
        stage.press("Esc");
        assert!(matches!(stage.app.mode, Mode::Normal) && stage.effects.is_empty());
        stage.press(keys).press("Down Enter");
        assert_eq!(std::mem::take(&mut stage.effects), [Effect::Save]);
        stage.press(keys).press("Down Down Enter");
        let leaving = if keys == "Space d" { Effect::Choose } else { Effect::Quit };
        assert_eq!(std::mem::take(&mut stage.effects), std::slice::from_ref(&leaving));
        stage.press(keys).press("Enter").type_in("/tmp/й 👍").press("Enter");
        let place = "/tmp/й 👍".to_owned();
        assert_eq!(stage.effects, [Effect::SaveElsewhere { place, then: Some(Box::new(leaving)) }]);
    }
}

#[test]
fn saving_elsewhere_asks_where_at_any_time() {
    let mut stage = Stage::new(TEXT);
    stage.press("Space p Enter").paste("~/копия\n.ron").press("Enter");
    assert_eq!(stage.effects, [Effect::SaveElsewhere { place: "~/копия .ron".to_owned(), then: None }]);
    assert!(matches!(stage.app.mode, Mode::Normal));
    stage.effects.clear();
    stage.press("Space p Esc");
    assert!(stage.effects.is_empty() && matches!(stage.app.mode, Mode::Normal));
}

#[test]
fn nothing_is_asked_when_nothing_would_be_lost() {
    let mut stage = Stage::new(TEXT);
    stage.press("a c").send(Message::Recorded(1)).press("C-q");
    assert_eq!(stage.effects.last(), Some(&Effect::Quit));
}
