//! The history: whatever happens to the file, what was recorded is there or the damage is told.

use super::*;

/// A place where a day was recorded, the sets behind its transactions, and its history.
fn worked() -> (Place, Vec<AnnotationSet>, Vec<u8>) {
    let place = Place::new(TEXT);
    let (mut session, mut desk) = place.open();
    let sets = day(&place, &mut session, &mut desk);
    assert_eq!(desk.sync(8).unwrap().run().unwrap(), Kept::Synced(8));
    drop(desk);
    let bytes = fs::read(place.files().history).unwrap();
    (place, sets, bytes)
}

fn place_of_line(bytes: &[u8], number: usize) -> usize {
    bytes.split_inclusive(|byte| *byte == b'\n').take(number).map(<[u8]>::len).sum()
}

#[test]
fn a_history_cut_at_any_byte_opens_as_a_prefix_and_goes_on() {
    let (place, sets, bytes) = worked();
    let files = place.files();
    for cut in 0..bytes.len() {
        let left = &bytes[..cut];
        fs::write(&files.history, left).unwrap();
        let whole = memchr::memchr_iter(b'\n', left).count();
        let good = memchr::memrchr(b'\n', left).map_or(0, |at| at + 1);
        let opening = place.try_open().unwrap();
        let (mut session, mut desk) = (opening.reading.session, opening.desk.unwrap());
        let done = whole.saturating_sub(1);
        assert_eq!(*session.set(), sets[done], "cut at byte {cut}");
        assert_eq!(session.revision(), done as u64);
        assert_eq!(opening.notices.len(), usize::from(good < cut), "cut at byte {cut}");
        let aside = fs::read(&files.torn).unwrap_or_default();
        assert_eq!(aside, left[good..], "cut at byte {cut}");
        let id = session.set().next_id();
        let theme = Annotation { id, ..annotation(0, "theme", "youth", place.span("И\u{306}од")) };
        let added = session.commit(at(99), "ещё 👍", vec![Edit::Insert(theme)]).unwrap();
        desk.record(&added).unwrap();
        drop(desk);
        let (again, desk) = place.open();
        assert_eq!(again.set(), session.set(), "cut at byte {cut}");
        drop(desk);
        drop(fs::remove_file(&files.torn));
    }
}

#[test]
fn torn_bytes_of_several_crashes_are_all_kept() {
    let (place, _, bytes) = worked();
    let files = place.files();
    for _ in 0..2 {
        fs::write(&files.history, &bytes[..bytes.len() - 3]).unwrap();
        let opening = place.try_open().unwrap();
        let torn = bytes.len() - 3 - place_of_line(&bytes, 8);
        let said = format!("the history ended in an unfinished line of {torn} bytes, set aside in speech.txt.torn");
        assert_eq!(opening.notices, [said]);
    }
    let torn = &bytes[place_of_line(&bytes, 8)..bytes.len() - 3];
    assert_eq!(fs::read(&files.torn).unwrap(), [torn, torn].concat());
}

#[test]
fn a_tail_of_nuls_as_after_a_power_cut_is_set_aside() {
    let (place, sets, bytes) = worked();
    fs::write(place.files().history, [&bytes[..], &[0; 100]].concat()).unwrap();
    let opening = place.try_open().unwrap();
    assert_eq!(opening.reading.session.set(), sets.last().unwrap());
    assert_eq!(opening.notices.len(), 1);
    assert_eq!(fs::read(place.files().history).unwrap(), bytes);
}

#[test]
fn a_block_that_a_power_cut_kept_from_the_disk_ends_the_history_before_it() {
    let (place, sets, bytes) = worked();
    let files = place.files();
    for (hole, whole) in [
        (place_of_line(&bytes, 6) + 3..place_of_line(&bytes, 7) - 2, 5),
        (place_of_line(&bytes, 4)..bytes.len() - 9, 3),
    ] {
        let mut content = bytes.clone();
        content[hole].fill(0);
        fs::write(&files.history, &content).unwrap();
        let opening = place.try_open().unwrap();
        assert_eq!(*opening.reading.session.set(), sets[whole]);
        assert_eq!(opening.notices.len(), 1, "{:?}", opening.notices);
        assert_eq!(
            fs::read(&files.torn).unwrap(),
            content[place_of_line(&bytes, whole + 1)..],
            "nothing is thrown away"
        );
        drop(opening);
        fs::remove_file(&files.torn).unwrap();
    }
    // What is far from the end was on the disk: that is damage.
    let mut long = bytes.clone();
    let line = bytes[place_of_line(&bytes, 8)..].to_vec();
    long[place_of_line(&bytes, 3)..][..20].fill(0);
    long.extend(std::iter::repeat_n(b'x', 1 << 16).chain(*b"\n").chain(line));
    fs::write(&files.history, &long).unwrap();
    assert!(place.try_open().unwrap_err().to_string().contains("history:4:"));
}

#[test]
fn a_byte_flipped_anywhere_is_told_with_its_line_or_loses_nothing() {
    let (place, sets, bytes) = worked();
    let files = place.files();
    let header = place_of_line(&bytes, 1);
    for at in 0..bytes.len() {
        let mut bad = bytes.clone();
        bad[at] ^= [0x01, 0x20, 0x80][at % 3];
        fs::write(&files.history, &bad).unwrap();
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..at]).count();
        match place.try_open() {
            Err(error) => {
                let said = error.to_string();
                let start = format!("{}:{line}:", files.history.display());
                let newer = format!("{}: the file has format 9;", files.history.display());
                assert!(said.starts_with(&start) || (at < header && said.starts_with(&newer)), "byte {at}: {said}");
                assert_eq!(fs::read(&files.history).unwrap(), bad);
                assert!(!files.torn.exists() && !files.lock.exists());
            }
            Ok(opening) if at < header => {
                assert_eq!(opening.reading.session.set(), sets.last().unwrap(), "byte {at}");
                assert_eq!(opening.desk.is_err(), opening.reading.changed, "byte {at}");
            }
            Ok(opening) => {
                assert_eq!(at, bytes.len() - 1, "only the last line end can look torn");
                assert_eq!(*opening.reading.session.set(), sets[sets.len() - 2]);
                fs::remove_file(&files.torn).unwrap();
            }
        }
    }
}

#[test]
fn revisions_must_ascend_without_a_gap() {
    let (place, _, bytes) = worked();
    let files = place.files();
    let lines: Vec<_> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let refused = |order: &[usize]| {
        let content: Vec<&[u8]> = order.iter().map(|line| lines[*line]).collect();
        fs::write(&files.history, content.concat()).unwrap();
        let message = place.try_open().unwrap_err().to_string();
        message.strip_prefix(&files.history.display().to_string()).unwrap().to_owned()
    };
    assert_eq!(refused(&[0, 1, 1]), ":3: expected a revision above 1, found 1");
    assert_eq!(refused(&[0, 2]), ":2: expected revision 1, found 2, and there is no snapshot of what came before");
    assert_eq!(refused(&[0, 1, 3]), ":3: expected revision 2, found 3, and there is no snapshot of what came before");
}

#[test]
fn undo_and_redo_reach_across_restarts() {
    let (place, sets, _) = worked();
    // The fifth transaction took the fourth back, the sixth did it again.
    for (second, before) in (20..).zip([7, 6, 3, 2, 1, 0]) {
        let (mut session, mut desk) = place.open();
        desk.record(&session.undo(at(second)).unwrap()).unwrap();
        assert_eq!(*session.set(), sets[before]);
    }
    assert!(place.open().0.undo(at(29)).is_none());
    for (second, after) in (30..).zip([1, 2, 3, 4, 7, 8]) {
        let (mut session, mut desk) = place.open();
        desk.record(&session.redo(at(second)).unwrap()).unwrap();
        assert_eq!(*session.set(), sets[after]);
    }
    assert!(place.open().0.redo(at(39)).is_none());
}

#[test]
fn an_id_is_not_used_again_after_a_restart() {
    let (place, sets, _) = worked();
    assert!(sets.last().unwrap().get(AnnotationId(2)).is_none(), "the second annotation was removed");
    let (session, mut desk) = place.open();
    assert_eq!(session.set().next_id(), AnnotationId(3));
    save(&session, &mut desk);
    drop(desk);
    assert_eq!(place.open().0.set().next_id(), AnnotationId(3));
}

#[test]
fn what_was_recorded_before_the_first_snapshot_is_there() {
    let (place, sets, _) = worked();
    assert!(!place.files().snapshot.exists());
    let (session, mut desk) = place.open();
    assert_eq!(session.set(), sets.last().unwrap());
    save(&session, &mut desk);
    assert!(place.files().snapshot.exists());
}

#[test]
fn a_snapshot_in_the_middle_is_carried_on_by_the_lines_beyond_it() {
    let place = Place::new(TEXT);
    let (mut session, mut desk) = place.open();
    let theme = annotation(1, "theme", "labour", place.span("За\u{301}мок"));
    let done = session.commit(at(0), "тема 👍", vec![Edit::Insert(theme)]).unwrap();
    desk.record(&done).unwrap();
    save(&session, &mut desk);
    let undone = session.undo(at(1)).unwrap();
    desk.record(&undone).unwrap();
    drop(desk);
    let (mut session, _desk) = place.open();
    assert!(session.set().is_blank());
    assert_eq!(session.redo(at(2)).unwrap().kind, crate::session::Kind::Redo(1));
}

#[test]
fn a_snapshot_ahead_of_a_history_that_lost_its_end_is_gone_on_with() {
    let (place, sets, bytes) = worked();
    let files = place.files();
    let (session, mut desk) = place.open();
    save(&session, &mut desk);
    drop(desk);
    fs::write(&files.history, &bytes[..place_of_line(&bytes, 4)]).unwrap();
    let opening = place.try_open().unwrap();
    assert_eq!(opening.notices, ["another program brought 2 changes, and took away T2: u takes them back"]);
    let (session, mut desk) = (opening.reading.session, opening.desk.unwrap());
    assert_eq!((session.set(), session.revision()), (sets.last().unwrap(), 4), "no gap");
    save(&session, &mut desk);
    drop(desk);
    let (mut again, _desk) = place.open();
    assert_eq!((again.set(), again.revision()), (session.set(), 4));
    assert!(again.undo(at(60)).is_some());
    assert_eq!(again.set(), &sets[3]);
}

#[test]
fn a_gap_that_no_snapshot_fills_is_an_error() {
    let (place, _, bytes) = worked();
    let files = place.files();
    let (session, mut desk) = place.open();
    save(&session, &mut desk);
    drop(desk);
    let [three, six] = [4, 7].map(|line| place_of_line(&bytes, line));
    fs::write(&files.history, [&bytes[..three], &bytes[six..]].concat()).unwrap();
    edit(&files.snapshot, |content| content.replace("revision: 8", "revision: 5"));
    let said = place.try_open().unwrap_err().to_string();
    assert!(said.ends_with(":5: expected revision 6, found 7, and the snapshot holds those up to 5"), "{said}");
}

#[test]
fn a_snapshot_alone_can_be_worked_on() {
    let (place, sets, _) = worked();
    let (session, mut desk) = place.open();
    save(&session, &mut desk);
    drop(desk);
    fs::remove_file(place.files().history).unwrap();
    let (mut session, mut desk) = place.open();
    assert_eq!(session.set(), sets.last().unwrap());
    let theme = annotation(3, "theme", "youth", place.span("👩🏽‍🌾"));
    let done = session.commit(at(21), "тема", vec![Edit::Insert(theme)]).unwrap();
    desk.record(&done).unwrap();
    drop(desk);
    assert_eq!(place.open().0.set(), session.set());
    fs::remove_file(place.files().snapshot).unwrap();
    assert_eq!(place.open().0.set(), session.set());
}

/// The history of `worked` without its first transaction.
fn without_its_beginning() -> Place {
    let (place, _, bytes) = worked();
    let [first, second] = [1, 2].map(|line| place_of_line(&bytes, line));
    fs::write(place.files().history, [&bytes[..first], &bytes[second..]].concat()).unwrap();
    place
}

#[test]
fn a_history_without_its_beginning_does_not_stand_alone() {
    let error = without_its_beginning().try_open().unwrap_err();
    let said = error.to_string();
    assert!(said.ends_with(":2: expected revision 1, found 2, and there is no snapshot of what came before"), "{said}");
    assert!(error.hint().unwrap().starts_with("nothing was changed"));
}

#[test]
fn a_history_without_its_beginning_goes_on_from_no_other_snapshot() {
    let place = without_its_beginning();
    let other = super::rival::Scene::new();
    edit(&other.place.files().snapshot, |own| own.replace("revision: 2", "revision: 5"));
    fs::copy(other.place.files().snapshot, place.files().snapshot).unwrap();
    let error = place.try_open().unwrap_err();
    assert!(error.to_string().contains("it is not the snapshot that the history beside it goes on from"), "{error}");
}

#[test]
fn a_history_with_line_ends_of_windows_is_read() {
    let (place, sets, bytes) = worked();
    let content = String::from_utf8(bytes).unwrap().replace('\n', "\r\n");
    fs::write(place.files().history, content).unwrap();
    assert_eq!(place.open().0.set(), sets.last().unwrap());
}

#[test]
fn a_history_behind_a_byte_order_mark_is_read_and_gone_on_with() {
    let (place, sets, bytes) = worked();
    fs::write(place.files().history, [b"\xef\xbb\xbf", &bytes[..]].concat()).unwrap();
    let (mut session, mut desk) = place.open();
    assert_eq!(session.set(), sets.last().unwrap());
    assert!(session.undo(at(20)).is_some_and(|undo| desk.record(&undo).is_ok()));
    drop(desk);
    assert_eq!(place.open().0.set(), session.set());
}

#[test]
fn a_writer_that_fails_after_some_bytes_leaves_the_old_file_whole() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("й.ron");
    fs::write(&path, "старое 👍").unwrap();
    for bytes in [0, 1, 100_000] {
        let error = write_whole(&path, |out| {
            out.write_all(&vec![b'x'; bytes])?;
            Err(std::io::Error::from(std::io::ErrorKind::StorageFull))
        });
        assert_eq!(error.unwrap_err().to_string(), format!("{}: cannot write it: no storage space", path.display()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "старое 👍");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }
}

#[cfg(unix)]
#[test]
fn a_rewritten_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("й.ron");
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).unwrap();
    write_whole(&path, |out| out.write_all("👍".as_bytes())).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o664);
}
