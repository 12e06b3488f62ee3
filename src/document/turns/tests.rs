use std::time::{Duration, Instant};

use super::*;

fn text(content: &str) -> Text {
    Text::new(content.to_owned()).unwrap()
}

/// The speakers and what they say with the name in front.
fn found(content: &str) -> Vec<(Option<String>, String)> {
    let text = text(content);
    turns(&text).into_iter().map(|turn| (turn.speaker, text.slice(turn.span).to_owned())).collect()
}

/// The speaker that a single line names.
fn speaker(line: &str) -> Option<String> {
    found(line).into_iter().find_map(|(speaker, _)| speaker)
}

#[test]
fn heads_name_speakers() {
    for (line, name) in [
        ("ТОКАЕВ: Құрметті отандастар 👍!", "ТОКАЕВ"),
        ("Ермаганбет Булекпаев: Краеугольный принцип", "Ермаганбет Булекпаев"),
        ("Булекпаев: Краеугольный принцип", "Булекпаев"),
        ("Қ. К. Тоқаев: Рахмет", "Қ. К. Тоқаев"),
        ("А.С. Пушкин (поэт): «Я помню»", "А.С. Пушкин"),
        ("Жакип Асанов (депутат в отставке): Мы", "Жакип Асанов"),
        ("Серик Беркамалов, директор департамента: Мы", "Серик Беркамалов"),
        ("Касым-Жомарт Кемелұлы Тоқаев: Рахмет", "Касым-Жомарт Кемелұлы Тоқаев"),
        ("Präsident Dr. Heinz Fischer: Bitte Platz zu nehmen.", "Präsident Dr. Heinz Fischer"),
        ("Karl Öllinger(Grüne): Meine Damen", "Karl Öllinger"),
        ("Ludwig van der Berg: Yes", "Ludwig van der Berg"),
        ("И\u{306}осиф Петро\u{301}в: Да", "И\u{306}осиф Петро\u{301}в"),
        ("[00:12:30] Ведущий: Добрый день", "Ведущий"),
        ("00:12:30 MR. SMITH: Good morning", "MR. SMITH"),
        ("— Модератор: Слово вам", "Модератор"),
        ("[ЖҮРГІЗУШІ]: Сұрақ?", "ЖҮРГІЗУШІ"),
        ("\u{feff}  MS O'BRIEN:", "MS O'BRIEN"),
        ("Q: Why?", "Q"),
        ("THE SPEAKER: Order! 👍", "THE SPEAKER"),
        ("THE CHAIRMAN:", "THE CHAIRMAN"),
        ("The PRESIDENT: I thank the member.", "The PRESIDENT"),
        ("The PRESIDENT (Mr. Sa\u{301}rsen): I thank", "The PRESIDENT"),
        ("THE DEPUTY SPEAKER: Order!", "THE DEPUTY SPEAKER"),
        ("THE COURT: Sustained.", "THE COURT"),
        ("SPEAKER OF THE HOUSE: Order!", "SPEAKER OF THE HOUSE"),
        ("The PRESIDENT OF THE SENATE: Order!", "The PRESIDENT OF THE SENATE"),
        ("Speaker 1: yeah, okay 👍", "Speaker 1"),
        ("[00:00:02] SPEAKER_01: Right.", "SPEAKER_01"),
        ("**Speaker 12:** Right.", "Speaker 12"),
        ("Спикер 1: Рахме\u{301}т 👍", "Спикер 1"),
        ("Участник №3 (женщина): Да", "Участник №3"),
        ("Қатысушы 2: Иә", "Қатысушы 2"),
        ("Голос из зала: позо\u{301}р!", "Голос из зала"),
        ("ГОЛОСА С МЕСТ: Правильно!", "ГОЛОСА С МЕСТ"),
        ("– Реплика с места: Неправда!", "Реплика с места"),
        ("Залдан дауыс: Дұрыс!", "Залдан дауыс"),
        ("Some hon. Members: Oh, oh!", "Some hon. Members"),
    ] {
        assert_eq!(speaker(line).as_deref(), Some(name), "in {line}");
    }
}

#[test]
fn headings_and_prose_name_nobody() {
    for line in [
        "Фото: акимат Карагандинской области",
        "Фото: Акимат",
        "ФОТО: Акимат 👍",
        "Source: The Times",
        "Note: This is important",
        "NOTE: This",
        "Тема: Новая Конституция",
        "https://example.org/Path",
        "Ссылка: https://example.org",
        "Круглый стол на тему: Роль регионов",
        "Участники затронули ключевые вопросы: Конституция",
        "Ермаганбет Булекпаев отметил: Проект",
        "Ерболат Закиров, открывая форум, сказал: Мы",
        "Ерболат Закиров, депутат, сказал: Мы",
        "Ерболат Закиров, сказал он: Мы",
        "In Washington, he said: We",
        "Fellow-Citizens of the Senate and of the House of Representatives:",
        "Fellow-Citizens:",
        "My Countrymen:",
        "Again: We",
        "The Speaker: A Biography",
        "Speaker of the House: A Life",
        "THE FUTURE: A NEW HOPE 👍",
        "The New Deal: What it did",
        "Today the Speaker: Order",
        "For the President: A Song",
        "President of the Republic, he said: We",
        "Speaker 1, asked: Why",
        "Question 1: Why",
        "Вопрос 1: Кто виноват",
        "Глава 1: Начало",
        "Table 2: Results",
        "Спикер 1234: Номер",
        "голос из зала: да",
        "Голос из толпы сказал: Да",
        "Из зала вышли: Иванов",
        "Выступили с места: Ахметов",
        "Встреча в 12:30",
        "12:30",
        "«Субкультуры: Кто они»",
        "Конституция: роль регионов",
        "Караганда: Новый город",
        "То\u{301}ржество: 👍",
        "",
        ":",
        "():",
        "[]: Да",
    ] {
        assert_eq!(found(line), [], "in {line}");
    }
}

#[test]
fn a_single_word_that_comes_up_twice_is_a_name() {
    let content = "Мария: Да\u{301} 👍.\nАйгүл: Жоқ.\nМария: Почему?\n";
    let speakers: Vec<_> = found(content).into_iter().filter_map(|(speaker, _)| speaker).collect();
    assert_eq!(speakers, ["Мария", "Мария"]);
}

#[test]
fn an_office_with_an_article_that_comes_up_twice_is_a_name() {
    let content = "The Speaker: Order 👍.\nА. Сә\u{301}рсен: Рахмет.\nThe Speaker: Order.\n";
    let speakers: Vec<_> = found(content).into_iter().filter_map(|(speaker, _)| speaker).collect();
    assert_eq!(speakers, ["The Speaker", "А. Сә\u{301}рсен", "The Speaker"]);
}

#[test]
fn a_turn_runs_to_the_next() {
    let content = "Заголовок\r\n\r\nИВАНОВ: Раз 👍.\r\nДва\u{301}.\r\n– укрепить;\r\n\r\nПЕТРОВА: Три.";
    assert_eq!(
        found(content),
        [
            (Some("ИВАНОВ".to_owned()), "ИВАНОВ: Раз 👍.\r\nДва\u{301}.\r\n– укрепить;\r\n\r\n".to_owned()),
            (Some("ПЕТРОВА".to_owned()), "ПЕТРОВА: Три.".to_owned()),
        ]
    );
}

#[test]
fn a_dash_opens_a_turn_of_one_line() {
    let content = "Было так.\n– Да\u{301} 👍!\n— «Нет», – сказал он.\n\n- Почему?\nТишина.\n– укрепить\n– Развить;\n-5 градусов\n";
    let lines: Vec<String> = found(content)
        .into_iter()
        .map(|(speaker, line)| {
            assert_eq!(speaker, None);
            line
        })
        .collect();
    assert_eq!(lines, ["– Да\u{301} 👍!", "— «Нет», – сказал он.", "- Почему?"]);
}

#[test]
fn the_report_has_no_turns() {
    assert_eq!(found(include_str!("../../../data/karaganda.txt")), []);
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
fn real_transcripts_have_the_turns_that_they_mark() {
    let shared =
        std::env::var("TRIBUNE_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into());
    let data = std::path::Path::new(&shared).join("data");
    let Ok(speeches) = std::fs::read_dir(data.join("speeches_en/inaugural")) else {
        eprintln!("skipped: there is no {}", data.display());
        return;
    };
    for speech in speeches {
        let content = String::from_utf8_lossy(&std::fs::read(speech.unwrap().path()).unwrap()).into_owned();
        assert_eq!(found(&content), []);
    }
    let dialogue = std::fs::read_to_string(data.join("unicode/seed_variants/quotes_dash_dialogue.txt")).unwrap();
    assert_eq!(found(&dialogue).len(), 3);
    let sitting = found(&std::fs::read_to_string(data.join("big/1MB.txt")).unwrap());
    assert!(sitting.iter().filter(|(name, _)| name.as_deref() == Some("Präsident Dr. Heinz Fischer")).count() > 20);
}

#[test]
fn cost_grows_with_lines_and_not_with_their_length() {
    let cost = |text: &Text| {
        let once = || {
            let start = Instant::now();
            let found = turns(text);
            let cost = start.elapsed();
            drop(found);
            cost
        };
        once().min(once())
    };
    let line = |bytes: usize| text(&"ИВАНОВ: да\u{301} 👍 ".repeat(bytes / 20));
    let (short, long) = (cost(&line(1000)).max(Duration::from_micros(100)), cost(&line(10_000_000)));
    assert!(long < short * 20, "10,000 times the line: {short:?} became {long:?}");
    let lines = |count: usize| text(&"Раз\u{301}: 👍\n".repeat(count));
    let (few, many) = (cost(&lines(10_000)), cost(&lines(500_000)));
    assert!(many < few * 250, "50 times the lines: {few:?} became {many:?}");
}
