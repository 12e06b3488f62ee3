//! Whether somebody is a woman or a man, as far as the endings of names and verbs tell.

use super::form::words_of;

/// How family names and patronymics of women end, and of men. The first five of women's are the genitive of men's, too.
const WOMEN: [&str; 10] = ["ова", "ева", "ёва", "ина", "ына", "ская", "цкая", "вна", "ична", "қызы"];
const MEN: [&str; 10] = ["ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "вич", "ұлы", "оглы"];
/// How family names of women end in other cases than the nominative, and those of men in such as women's do not share.
const OF_WOMEN: [&str; 6] = ["овой", "евой", "ёвой", "иной", "ыной", "овою"];
const OF_MEN: [&str; 8] = ["овым", "евым", "ёвым", "иным", "ыным", "ского", "скому", "ским"];
/// First names of men that end as women's do.
const MEN_IN_A: [&str; 10] =
    ["никита", "илья", "данила", "кузьма", "лука", "фома", "савва", "никола", "мұстафа", "мустафа"];

/// Whether somebody is a woman or a man, as far as words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Woman,
    Man,
}

/// What a family name alone tells, as it stands in the text: behind a phrase that tells a source it is in the genitive, beside a
/// verb that reports speech in the nominative, and else in any case.
pub(super) fn gender_of_family(word: &str, verb: Option<&str>, is_source: bool) -> Option<Gender> {
    let (word, verb) = (word.to_lowercase(), verb.map(str::to_lowercase));
    let ends = |endings: &[&str]| endings.iter().any(|end| word.ends_with(end));
    let verb_ends = |endings: &[&str]| verb.as_ref().is_some_and(|verb| endings.iter().any(|end| verb.ends_with(end)));
    if ends(&OF_WOMEN) || verb_ends(&["ла", "лась"]) {
        return Some(Gender::Woman);
    }
    if ends(&OF_MEN) || verb_ends(&["л", "лся"]) || (is_source && ends(&WOMEN[..5])) {
        return Some(Gender::Man);
    }
    let nominative = || if ends(&WOMEN) { Some(Gender::Woman) } else { ends(&MEN).then_some(Gender::Man) };
    verb.as_ref().and_then(|_| nominative())
}

/// What the endings of a name in the nominative tell of who bears it: that of the family name and the patronymic, else of the first.
pub(super) fn gender(name: &str) -> Option<Gender> {
    let name = name.to_lowercase();
    let words = words_of(&name);
    let ends = |endings: &[&str]| words.iter().skip(1).any(|word| endings.iter().any(|end| word.ends_with(end)));
    let first = words.first().filter(|first| words.len() > 1 && !MEN_IN_A.contains(first))?;
    if ends(&MEN) {
        return Some(Gender::Man);
    }
    let is_woman = ends(&WOMEN) || (first.ends_with(['а', 'я']) && !first.ends_with("ая"));
    is_woman.then_some(Gender::Woman)
}
