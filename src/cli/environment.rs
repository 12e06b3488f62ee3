//! What surrounds the program: variables, the user's config, the terminal. Read once, then handed in.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use etcetera::BaseStrategy;

use crate::config::Config;
use crate::outcome::Failure;
use crate::store::{AnnotatorName, ConfigFiles};

/// What the program is told without being told on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// The value of `TRIBUNE_ANNOTATOR`, unless empty.
    pub annotator: Option<String>,
    /// Where the user's config may lie.
    pub config: Option<PathBuf>,
    /// Where the program may keep what it remembers of the user.
    pub state: Option<PathBuf>,
    /// The login name.
    pub login: Option<String>,
    /// The language of titles: `en`, `ru` or `kk`.
    pub language: &'static str,
    /// Whether standard input and output are both a terminal.
    pub is_interactive: bool,
    /// Whether the terminal says that it cannot do more than print lines.
    pub is_dumb: bool,
}

impl Environment {
    /// The environment of this process.
    pub fn of_process() -> Self {
        let base = etcetera::choose_base_strategy().ok();
        let state = base.as_ref().and_then(|base| base.state_dir().or_else(|| Some(base.data_dir())));
        Self {
            annotator: first_set(&["TRIBUNE_ANNOTATOR"], env::var_os),
            config: first_set(&["TRIBUNE_CONFIG"], env::var_os)
                .map(PathBuf::from)
                .or_else(|| base.map(|base| base.config_dir().join("tribune").join("config.ron"))),
            state: state.map(|state| state.join("tribune")),
            login: first_set(&["LOGNAME", "USER", "USERNAME"], env::var_os).or_else(|| whoami::username().ok()),
            language: language(env::var_os),
            is_interactive: io::stdin().is_terminal() && io::stdout().is_terminal(),
            is_dumb: env::var_os("TERM").is_some_and(|term| term == "dumb"),
        }
    }

    /// Who annotates: the name `given`, else `TRIBUNE_ANNOTATOR`, else the user's config, else the login name.
    ///
    /// The config is read only when it is asked, so a fault in it does not get in the way of anything else.
    pub(super) fn annotator(&self, given: Option<&str>) -> Result<AnnotatorName, Failure> {
        let name = match given.or(self.annotator.as_deref()) {
            Some(name) => Some(name.to_owned()),
            None => self.configured_annotator()?,
        };
        let name = name.or_else(|| self.login.clone()).ok_or_else(|| {
            Failure::usage("nothing says who annotates").hint(
                "name yourself with --annotator NAME, in TRIBUNE_ANNOTATOR or in the config; see `tribune --help`",
            )
        })?;
        Ok(AnnotatorName::new(&name)?)
    }

    /// The same with the config at the path that was `given`, if one was.
    pub(super) fn with_config(&self, given: Option<PathBuf>) -> Result<Self, Failure> {
        if let Some(path) = given.as_ref().filter(|path| !path.is_file()) {
            return Err(Failure::usage(format!("{}: there is no such config file", path.display())));
        }
        Ok(Self { config: given.or_else(|| self.config.clone()), ..self.clone() })
    }

    /// The files of the user's config.
    pub(super) fn config_files(&self) -> ConfigFiles {
        ConfigFiles { user: self.config.clone(), corpus: None }
    }

    /// The name in the config. One that is there but cannot be taken must not make somebody annotate under another.
    fn configured_annotator(&self) -> Result<Option<String>, Failure> {
        let config = self.config_files().read();
        if let Some(fault) = config.doubt_about_annotator() {
            return Err(Failure::data(fault.to_string()).hint("the name to annotate under: (annotator: \"alpha\")"));
        }
        let fault = config.annotator.as_deref().and_then(|name| annotator_fault(&config, name));
        match fault {
            Some(fault) => Err(Failure::usage(fault).hint("change it there, or give another name with --annotator")),
            None => Ok(config.annotator),
        }
    }
}

/// Why the name that is set in `config` cannot be an annotator's, with the file.
pub(super) fn annotator_fault(config: &Config, name: &str) -> Option<String> {
    let error = AnnotatorName::new(name).err()?;
    let origin = config.in_force().find(|(own, ..)| own.name == "annotator").and_then(|(_, _, origin)| origin);
    Some(format!("{}: {error}", origin.unwrap_or("config.ron")))
}

/// The value of the first of these variables that is set to something.
fn first_set<'a>(names: &[&'a str], variable: impl Fn(&'a str) -> Option<OsString>) -> Option<String> {
    let values = names.iter().filter_map(|name| variable(name));
    values.map(|value| value.to_string_lossy().into_owned()).find(|value| !value.is_empty())
}

/// The language of titles: the first that schemas know among those that `LANGUAGE` prefers, else that of the locale, which is the
/// first set of `LC_ALL`, `LC_MESSAGES` and `LANG`. As in gettext, `LANGUAGE` says nothing where the locale is `C` or none.
fn language<'a>(variable: impl Fn(&'a str) -> Option<OsString>) -> &'static str {
    let locale = first_set(&["LC_ALL", "LC_MESSAGES", "LANG"], &variable);
    let locale = locale.filter(|locale| !matches!(locale.as_str(), "C" | "POSIX")).unwrap_or_default();
    let preferred = first_set(&["LANGUAGE"], variable).filter(|_| !locale.is_empty()).unwrap_or_default();
    let known = |name: &str| ["en", "ru", "kk"].into_iter().find(|known| name.get(..2) == Some(known));
    preferred.split(':').chain([locale.as_str()]).find_map(known).unwrap_or("en")
}

#[cfg(test)]
mod tests;
