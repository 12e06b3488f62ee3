use std::fs;

use super::*;

fn name(environment: &Environment, given: Option<&str>) -> String {
    environment.annotator(given).unwrap().as_str().to_owned()
}

#[test]
fn the_command_line_wins_over_variable_config_and_login() {
    let directory = tempfile::tempdir().unwrap();
    let config = directory.path().join("config.ron");
    let mut environment = Environment {
        annotator: Some("variable".to_owned()),
        login: Some("login".to_owned()),
        ..Environment::default()
    };
    environment.config = Some(config.clone());
    assert_eq!(name(&environment, Some("Айгу\u{301}л 👍")), "Айгу\u{301}л 👍");
    assert_eq!(name(&environment, None), "variable");
    environment.annotator = None;
    assert_eq!(name(&environment, None), "login", "a config that is not there says nothing");
    fs::write(&config, "()").unwrap();
    assert_eq!(name(&environment, None), "login");
    fs::write(&config, "\u{feff}(annotator: \"й\u{301}👍\")").unwrap();
    assert_eq!(name(&environment, None), "й\u{301}👍");
}

#[test]
fn a_faulty_config_says_where_and_only_when_it_is_asked() {
    let directory = tempfile::tempdir().unwrap();
    let config = directory.path().join("config.ron");
    fs::write(&config, "// й\u{301}👍\n(anotator: \"alpha\")").unwrap();
    let environment =
        Environment { config: Some(config.clone()), login: Some("login".to_owned()), ..Environment::default() };
    assert_eq!(name(&environment, Some("alpha")), "alpha");
    let failure = environment.annotator(None).unwrap_err();
    let message = failure.message.replace(&config.display().to_string(), "config.ron");
    assert_eq!(message, "config.ron:2:12: there is no option `anotator` here; did you mean `annotator`?");
    fs::write(&config, "(wrap: 1)").unwrap();
    assert_eq!(name(&environment, None), "login", "what does not concern the name is told later");
}

#[test]
fn a_name_in_the_config_that_cannot_be_taken_is_told_with_its_file() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config.ron");
    fs::write(&config, "// и\u{306} 👍\n(annotator: \"../злой\")").unwrap();
    let environment =
        Environment { config: Some(config.clone()), login: Some("login".to_owned()), ..Environment::default() };
    let failure = environment.annotator(None).unwrap_err();
    assert!(failure.message.starts_with(&config.display().to_string()), "{}", failure.message);
    assert!(failure.message.contains("cannot be an annotator's name: "), "{}", failure.message);
    assert_eq!(environment.annotator(Some("alpha")).unwrap().as_str(), "alpha");
}

#[test]
fn nobody_is_a_failure_with_a_hint() {
    let failure = Environment::default().annotator(None).unwrap_err();
    assert_eq!((failure.message.as_str(), failure.hints.len()), ("nothing says who annotates", 1));
}

#[test]
fn an_empty_variable_counts_as_unset() {
    let variable = |name: &str| match name {
        "A" => Some("".into()),
        "B" => Some("и\u{306}👍".into()),
        _ => None,
    };
    assert_eq!(first_set(&["A", "B"], variable).as_deref(), Some("и\u{306}👍"));
    assert_eq!(first_set(&["A"], variable), None);
}

#[test]
fn titles_are_in_the_first_language_that_schemas_know_as_gettext_has_it() {
    let titles = |variables: &[(&str, &str)]| {
        language(|name| variables.iter().find(|(own, _)| *own == name).map(|(_, value)| value.into()))
    };
    for (locale, expected) in
        [("ru_RU.UTF-8", "ru"), ("kk_KZ", "kk"), ("C.UTF-8", "en"), ("de_DE", "en"), ("й👍", "en"), ("", "en")]
    {
        assert_eq!(titles(&[("LANG", locale)]), expected, "{locale}");
    }
    assert_eq!(titles(&[]), "en");
    assert_eq!(titles(&[("LANG", "ru_RU"), ("LC_MESSAGES", "kk_KZ")]), "kk");
    assert_eq!(titles(&[("LANG", "ru_RU"), ("LC_MESSAGES", "kk_KZ"), ("LC_ALL", "en_US")]), "en");
    assert_eq!(titles(&[("LANG", "en_US.UTF-8"), ("LANGUAGE", "de:kk:ru")]), "kk");
    assert_eq!(titles(&[("LANG", "ru_RU.UTF-8"), ("LANGUAGE", "de:й👍")]), "ru");
    assert_eq!(titles(&[("LANG", "C"), ("LANGUAGE", "ru")]), "en");
    assert_eq!(titles(&[("LANGUAGE", "ru")]), "en");
}
