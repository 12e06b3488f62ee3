//! Forms of names: whether two are forms of one, however their letters were written, and in which case one stands.

use crate::text::letters::folded;

/// Letters that inflection may change at the end of a name.
const ENDING: usize = 3;
/// Endings of names that are adjectives: Токарский, Токарского, Толстая.
const ADJECTIVAL: [&str; 16] =
    ["ого", "его", "ому", "ему", "ыми", "ими", "ий", "ый", "ой", "ей", "ым", "им", "ом", "ем", "ая", "ую"];
/// Kazakh endings that are longer than most.
const LONG_ENDINGS: [&str; 7] = ["дікі", "тікі", "нікі", "дағы", "тағы", "дегі", "тегі"];
/// How family names end in the dative, where they tell it alone.
const DATIVE_FAMILIES: [&str; 7] = ["ову", "еву", "ёву", "ину", "ыну", "скому", "цкому"];
/// What Kazakh adds for the dative, plain.
const KAZAKH_DATIVE: [&str; 6] = ["га", "ге", "ка", "ке", "на", "не"];
/// What Kazakh adds for the genitive.
const KAZAKH_GENITIVE: [&str; 6] = ["ның", "нің", "дың", "дің", "тың", "тің"];
/// What stands before the endings of first names that lose a vowel, and these names.
const FLEETING: [(&str, &str); 3] = [("Павл", "Павел"), ("Петр", "Пётр"), ("Льв", "Лев")];
/// How names end in the genitive and in the nominative, the longest first; of what is before them see [`nominative`].
const GENITIVES: [(&str, &str); 13] = [
    ("ского", "ский"),
    ("цкого", "цкий"),
    ("ской", "ская"),
    ("цкой", "цкая"),
    ("вой", "ва"),
    ("ной", "на"),
    ("вны", "вна"),
    ("ьи", "ья"),
    ("ии", "ия"),
    ("ия", "ий"),
    ("ея", "ей"),
    ("ая", "ай"),
    ("ы", "а"),
];

/// Endings of patronymics.
const PATRONYMICS: [&str; 14] =
    ["вич", "вича", "вичу", "вичем", "вна", "вны", "вне", "вной", "ична", "ұлы", "қызы", "улы", "кызы", "оглы"];

/// The case of a name, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Who speaks.
    Nominative,
    /// Who is spoken to.
    Dative,
    /// Any other.
    Other,
}

/// The case in which the name `own` stands where the text has `form`.
pub(super) fn case_of(form: &str, own: &str) -> Case {
    let pairs = form.split_whitespace().rev().zip(own.split_whitespace().rev());
    let cases = pairs.map(|(form, own)| case_of_word(&plain(form), &plain(own)));
    let cases: Vec<Case> = cases.collect();
    let other = || if cases.iter().all(|own| *own == Case::Nominative) { Case::Nominative } else { Case::Other };
    cases.iter().copied().find(|own| *own == Case::Dative).unwrap_or_else(other)
}

fn case_of_word(form: &str, own: &str) -> Case {
    if form == own || form.ends_with('.') || own.ends_with('.') {
        return Case::Nominative;
    }
    let shared: usize = form.chars().zip(own.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let ending = form.get(shared..).unwrap_or_default();
    let is_dative = ending.ends_with(['у', 'ю', 'е']) || KAZAKH_DATIVE.contains(&ending);
    if is_dative && !ending.ends_with("ую") { Case::Dative } else { Case::Other }
}

/// How many words at the end of a name are in the Russian dative, or may be, as far as their endings alone tell: «Марии Ивановой» is
/// the genitive too.
pub(super) fn dative_words<'a>(words: impl DoubleEndedIterator<Item = &'a str>) -> usize {
    let words: Vec<&str> = words.rev().collect();
    let is_woman = |first: &str, family: &str| {
        first.ends_with(['е', 'и']) && ["вой", "ной", "ской", "цкой"].iter().any(|ending| family.ends_with(ending))
    };
    if matches!(words[..], [family, first, ..] if is_woman(first, family)) {
        return if words[1].ends_with("вне") { words.len().min(3) } else { 2 };
    }
    let words: Vec<&str> = words.into_iter().take_while(|word| word.ends_with(['у', 'ю'])).collect();
    let is_sure = words.len() > 1
        || words.first().is_some_and(|word| DATIVE_FAMILIES.iter().any(|ending| word.ends_with(ending)));
    if is_sure { words.len() } else { 0 }
}

/// `name` as whoever bears it is called, where it stands in the Russian genitive: «Айгули Куспан», «Жакипа Асанова».
pub(super) fn nominative(name: &str) -> String {
    let own = |(place, word): (usize, &str)| nominative_word(word, place == 0).unwrap_or_else(|| word.to_owned());
    name.split(' ').enumerate().map(own).collect::<Vec<_>>().join(" ")
}

fn nominative_word(word: &str, is_first: bool) -> Option<String> {
    if let Some((_, own)) = FLEETING.iter().find(|(stem, _)| is_first && word.strip_suffix('а') == Some(stem)) {
        return Some((*own).to_owned());
    }
    let regular = GENITIVES.iter().find_map(|(form, own)| Some((word.strip_suffix(form)?, own)));
    if let Some((stem, ending)) = regular {
        return Some(format!("{stem}{ending}"));
    }
    let after_consonant = |ending: char| {
        let stem = word.strip_suffix(ending)?;
        stem.ends_with(|c: char| c.is_alphabetic() && !"аеёиоуыэюяіөұүәьй".contains(c)).then_some(stem)
    };
    // Behind these letters «и» stands for «ы»: Ольги.
    let is_hard = |stem: &str| stem.ends_with(['г', 'к', 'х', 'ж', 'ш', 'щ', 'ч']);
    let woman = || after_consonant('и').map(|stem| format!("{stem}{}", if is_hard(stem) { 'а' } else { 'ь' }));
    let soft = || after_consonant('я').map(|stem| format!("{stem}ь"));
    let man = after_consonant('а').map(str::to_owned);
    man.or_else(|| if is_first { soft().or_else(woman) } else { None })
}

/// `name` without the ending of the Kazakh genitive: «Қасым-Жомарт Тоқаевтың айтуынша».
pub(super) fn without_kazakh_genitive(name: &str) -> &str {
    KAZAKH_GENITIVE.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// Whether two names are forms of one: the same words but for their endings.
pub(super) fn same_name(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split_whitespace().collect(), other.split_whitespace().collect());
    one.len() == other.len() && one.iter().zip(&other).all(|(one, other)| same_word(one, other))
}

/// Whether one of the names has initials that stand for the first names of the other: «Ж.А. Асанов» for «Жакип Асанов».
pub(super) fn same_initials(one: &str, other: &str) -> bool {
    let (one, other) = (words_of(one), words_of(other));
    if ![&one, &other].into_iter().any(|words| words.iter().any(|word| word.ends_with('.'))) {
        return false;
    }
    let first = |word: &&str| word.chars().next().map(|c| plain(&c.to_string()));
    match (one.split_last(), other.split_last()) {
        (Some((one, given)), Some((other, others))) => {
            let mut pairs = given.iter().zip(others).peekable();
            pairs.peek().is_some() && pairs.all(|(one, other)| first(one) == first(other)) && same_word(one, other)
        }
        _ => false,
    }
}

/// The words and initials of `name`, these with their full stops, the family name last also of «Асанов Ж.А.».
pub(super) fn words_of(name: &str) -> Vec<&str> {
    let words = name.split_inclusive(['.', ' ', '\u{a0}']).map(str::trim);
    let words = words.map(|word| word.trim_start_matches(['-', '\u{2011}']));
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if words.last().is_some_and(|last| last.ends_with('.')) {
        words.rotate_left(1);
    }
    words
}

/// Whether `word` is a patronymic in any form.
pub(super) fn is_patronymic(word: &str) -> bool {
    PATRONYMICS.iter().any(|end| word.ends_with(end))
}

/// The family name in `name`, wherever it stands: «Жакип Асанов», «Асанов Ж.К.», «Асанов Жакип Кажманович».
pub(super) fn family(name: &str) -> Option<&str> {
    match words_of(name)[..] {
        [family, _, last] if is_patronymic(&last.to_lowercase()) => Some(family),
        [.., family] => Some(family),
        [] => None,
    }
}

/// Whether two words are forms of one: they share their beginning and differ by no more than an ending.
pub(super) fn same_word(one: &str, other: &str) -> bool {
    let (one, other) = (shortened(one), shortened(other));
    let adjective = |word: &'_ str| ADJECTIVAL.iter().find_map(|ending| word.strip_suffix(ending)).map(str::to_owned);
    let stems = adjective(&one).zip(adjective(&other));
    if stems.is_some_and(|(one, other)| one == other && one.chars().count() >= 3) {
        return true;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let shared = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let shorter = one.len().min(other.len());
    shared >= 3.min(shorter) && shared + 1 >= shorter && one.len().max(other.len()) - shared <= ENDING
}

/// `word` folded, with «и» for «ы» too: «Нығматулин» is «Нигматулин» in Russian.
fn plain(word: &str) -> String {
    folded(word).replace('ы', "и")
}

/// `word`, plain, without a long Kazakh ending or the vowel that it loses in other cases.
fn shortened(word: &str) -> String {
    let word = word.to_lowercase();
    let word = plain(LONG_ENDINGS.iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(&word));
    FLEETING.iter().find(|(_, own)| plain(own) == word).map_or(word, |(stem, _)| plain(stem))
}
