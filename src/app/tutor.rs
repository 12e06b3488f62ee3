//! The tutor: things to do one after the other, on a report that may be spoilt. Each is over when it is done, however it was done.

use super::{App, Mode, Piece};
use crate::annotation::{Annotation, Target};

/// How far somebody is in the tutor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tutor {
    /// The lesson, counted from 0.
    lesson: usize,
    /// How many annotations there were when it began.
    before: usize,
}

/// One thing to do.
struct Lesson {
    /// What to do, in English and in Russian. What stands in braces is a key: that of the command with this name, or, after `=`, itself.
    english: &'static str,
    russian: &'static str,
    /// Whether it is done.
    is_done: fn(&App, &Tutor) -> bool,
}

const fn lesson(english: &'static str, russian: &'static str, is_done: fn(&App, &Tutor) -> bool) -> Lesson {
    Lesson { english, russian, is_done }
}

/// The paragraph of the first quotation, counted from 0.
const QUOTED: usize = 4;

const LESSONS: &[Lesson] = &[
    lesson(
        "Welcome. This is a copy of a report; nothing you do here is kept. Go to ¶5, which begins with a quotation mark: \
         {next-paragraph} goes to the next paragraph, {previous-paragraph} back. A Russian or Kazakh layout will do: keys are positions.",
        "Добро пожаловать. Это копия репортажа, ничего из сделанного здесь не останется. Перейдите к ¶5, он начинается с кавычки: \
         {next-paragraph} — следующий абзац, {previous-paragraph} — предыдущий. Раскладка любая: важно место клавиши.",
        |app, _| app.document.text.paragraph_number(app.document.text.line_of(app.selection.head)) == Some(QUOTED),
    ),
    lesson(
        "Select first, then say what it is. {select-with-quotes} selects what is quoted here, with its marks. Pause after {=m} to see \
         what else can be selected.",
        "Сначала выделить, потом назвать. {select-with-quotes} выделит цитату с кавычками. Задержитесь после {=m}, и будет видно, что ещё \
         можно выделить.",
        |app, _| app.selected().is_some_and(|span| app.document.text.slice(span).chars().count() > 100),
    ),
    lesson(
        "Tag it as a quote: {=a}, then {=q}. Beside it are the other labels: {=c} claim, {=r} rights, {=y} youth, {=l} labour.",
        "Разметьте её как цитату: {=a}, затем {=q}. Другие метки: {=c} утверждение, {=r} права, {=y} молодёжь, {=l} труд.",
        |app, _| texts(app).any(|own| own.layer.as_str() == "quote"),
    ),
    lesson(
        "Whose words are they? The list proposes who is named around the quotation. {=Enter} takes the first; {=↑} and {=↓} choose \
         another, and a name that is not there can be typed. {speaker} asks again.",
        "Чьи это слова? Список предлагает тех, кто назван рядом. {=Enter} берёт первого, {=↑} и {=↓} выбирают другого, а если имени нет, \
         наберите его. {speaker} спросит снова.",
        |app, _| texts(app).any(|own| own.speaker().is_some()),
    ),
    lesson(
        "Annotations may overlap. Drop the selection with {cancel}, go back to a word of the quotation with {previous-word}, take it with {grow}, \
         and call it labour: {=a}, then {=l}. The columns left of the text show both.",
        "Разметка может пересекаться. Снимите выделение ({cancel}), вернитесь к слову внутри цитаты клавишей {previous-word}, возьмите \
         его клавишей {grow} и назовите трудом: {=a}, затем {=l}. Столбцы слева от текста показывают обе.",
        |app, _| texts(app).any(|own| own.layer.as_str() == "theme"),
    ),
    lesson(
        "Nothing is ever lost. Take that back with {undo}. Undo knows no limit, also when the program was left in between.",
        "Ничто не теряется. Отмените последнее: {undo}. Отмена не знает предела, даже если программу закрывали.",
        |app, tutor| app.session.set().len() < tutor.before,
    ),
    lesson("And do it again: {redo}.", "И верните: {redo}.", |app, tutor| {
        app.session.set().len() > tutor.before
    }),
    lesson(
        "Tag every place of a word: {find-and-tag}, type молодеж, {=Enter}, {=y} for youth. Then {=y} tags a place, {=n} passes on, {=a} takes \
         all that are left. Without Cyrillic keys: go to молодежи in ¶2, {grow}, {same-everywhere}.",
        "Разметьте слово везде: {find-and-tag}, наберите молодеж, {=Enter}, {=y} — молодёжь. Дальше {=y} размечает место, {=n} пропускает, {=a} берёт \
         все оставшиеся. Всё это один шаг отмены.",
        |app, tutor| matches!(app.mode, Mode::Normal) && app.session.set().len() > tutor.before + 1,
    ),
    lesson(
        "Write a note: {next-annotation} goes to the next annotation, {edit} opens all that is known of it, and {=↑} and {=↓} lead \
         from field to field. In the last, the note, type something; {=Enter} accepts.",
        "Напишите заметку: {next-annotation} — следующая разметка, {edit} открывает всё, что о ней известно; {=↑} и {=↓} ведут от поля к \
         полю. В последнем, заметке, наберите что-нибудь, {=Enter} принимает.",
        |app, _| app.session.set().iter().any(|own| own.note.is_some()),
    ),
    lesson(
        "That is all you need. {help} lists what can be done where you are ({=F1} also in forms), {palette} finds every command by its name. \
         There is no need to save. Leave with {quit}, and open a transcript of yours: tribune FILE.txt",
        "Это всё, что нужно. {help} показывает, что можно сделать здесь ({=F1} и в формах), {palette} найдёт любую команду по названию. \
         Сохранять не нужно. Выход — {quit}; затем откройте свой текст: tribune ФАЙЛ.txt",
        |_, _| false,
    ),
];

/// The annotations of text.
fn texts(app: &App) -> impl Iterator<Item = &Annotation> {
    app.session.set().iter().filter(|own| matches!(own.target, Target::Text(_)))
}

impl App {
    /// The lesson at hand: its number from 1, how many there are, and what it says.
    pub fn lesson(&self) -> Option<(usize, usize, Vec<Piece>)> {
        let number = self.tutor.as_ref()?.lesson;
        let lesson = LESSONS.get(number)?;
        // Who reads Kazakh titles reads Russian rather than English.
        let text = if self.language == "en" { lesson.english } else { lesson.russian };
        Some((number + 1, LESSONS.len(), self.pieces(text)))
    }

    /// Goes on to the first lesson that is not done.
    pub(super) fn go_on_with_tutor(&mut self) {
        while let Some(tutor) = &self.tutor
            && LESSONS.get(tutor.lesson).is_some_and(|lesson| (lesson.is_done)(self, tutor))
        {
            self.tutor = Some(Tutor { lesson: tutor.lesson + 1, before: self.session.set().len() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::COMMANDS;

    #[test]
    fn what_lessons_have_in_braces_are_keys_or_commands_and_they_are_the_same_in_both_languages() {
        let named = |text: &'static str| -> Vec<&str> {
            text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
        };
        for lesson in LESSONS {
            for name in named(lesson.english) {
                assert!(name.starts_with('=') || COMMANDS.iter().any(|entry| entry.name == name), "{name}");
            }
            let russian = named(lesson.russian);
            assert!(russian.iter().all(|name| named(lesson.english).contains(name)), "{russian:?}");
            assert!(!russian.is_empty());
        }
    }
}
