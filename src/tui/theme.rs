//! Colours and styles, by what the terminal can show.
//!
//! The body keeps the terminal's own colours. Without colour everything is told by letters, reverse, underline and bold.

use std::env;

use ratatui::style::{Color, Modifier, Style};

use crate::config::Background;
use crate::schema::Rgb;

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// All of them.
    True,
    /// The 256 of xterm.
    Indexed,
    /// The 16 that the user named.
    Named,
    /// None; `NO_COLOR` asks for that.
    None,
}

impl Depth {
    /// It in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::True => "all (true colour)",
            Self::Indexed => "256",
            Self::Named => "16",
            Self::None => "none",
        }
    }
}

/// What everything looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    depth: Depth,
    light: bool,
}

impl Theme {
    /// A theme for a terminal of this depth, on a light background or a dark one.
    pub const fn new(depth: Depth, light: bool) -> Self {
        Self { depth, light }
    }

    /// What the environment says of the terminal: `NO_COLOR`, `COLORTERM`, `TERM`, `COLORFGBG`.
    pub fn of_environment() -> Self {
        let variable = |name: &str| env::var(name).unwrap_or_default();
        let term = variable("TERM");
        let depth = if !variable("NO_COLOR").is_empty() || term == "dumb" {
            Depth::None
        } else if matches!(variable("COLORTERM").as_str(), "truecolor" | "24bit") {
            Depth::True
        } else if term.contains("256") {
            Depth::Indexed
        } else {
            Depth::Named
        };
        // rxvt and Konsole say `foreground;background` as numbers of the 16 colours; 7 and 15 are white.
        let light = variable("COLORFGBG").rsplit(';').next().is_some_and(|background| matches!(background, "7" | "15"));
        Self { depth, light }
    }

    /// Whether the terminal can be asked for its background, as far as the environment tells. The console of Linux and some old
    /// terminals take the question for something else, and GNU screen mixes up answers; tmux sets `TERM` to `screen` too.
    pub fn may_ask(self) -> bool {
        let variable = |name: &str| env::var(name).unwrap_or_default();
        self.depth != Depth::None && answers(&variable("TERM"), !variable("TMUX").is_empty())
    }

    /// The same on a terminal with a background of this colour.
    #[must_use]
    pub fn over(self, background: Rgb) -> Self {
        let luminance = luminance(background);
        Self { light: contrast(luminance, 0.0) > contrast(luminance, 1.0), ..self }
    }

    /// How many colours it uses.
    pub fn depth(self) -> Depth {
        self.depth
    }

    /// The same on this background.
    #[must_use]
    pub fn on(self, background: Background) -> Self {
        match background {
            Background::Auto => self,
            Background::Dark => Self { light: false, ..self },
            Background::Light => Self { light: true, ..self },
        }
    }

    /// The colour of a label, readable on the background.
    pub fn color(self, rgb: Rgb) -> Color {
        let legible = || if self.light { darkened(rgb) } else { lightened(rgb) };
        match self.depth {
            Depth::True => {
                let Rgb { red, green, blue } = legible();
                Color::Rgb(red, green, blue)
            }
            Depth::Indexed => Color::Indexed(nearest_of_cube(legible())),
            // How dark those are is the user's business; what is darkened here is nearer to another.
            Depth::Named => nearest_named(rgb),
            Depth::None => Color::Reset,
        }
    }

    /// Text that a label covers, of this [`color`](Self::color).
    pub fn covered(self, color: Color) -> Style {
        match self.depth {
            Depth::None => Style::new().add_modifier(Modifier::UNDERLINED),
            _ => Style::new().fg(color),
        }
    }

    /// Text of the annotation that has the focus. Without colour bold alone is easily missed among what is underlined too; but where some of
    /// it is `selected`, that is what is reversed.
    pub fn focused(self, color: Color, selected: bool) -> Style {
        let style = self.covered(color).add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
        match self.depth {
            Depth::None if !selected => style.add_modifier(Modifier::REVERSED),
            _ => style,
        }
    }

    /// The selection. Without colour it is not underlined where it lies over annotations.
    pub fn selected(self) -> Style {
        match self.depth {
            Depth::None => {
                Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD).remove_modifier(Modifier::UNDERLINED)
            }
            _ => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    /// A place found.
    pub fn found(self) -> Style {
        match self.depth {
            Depth::None => Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            _ => Style::new().fg(Color::Black).bg(Color::Yellow),
        }
    }

    /// What stands back: rules, numbers, explanations.
    pub fn quiet(self) -> Style {
        match self.depth {
            Depth::None => Style::new(),
            Depth::Named => Style::new().fg(Color::DarkGray),
            _ if self.light => Style::new().fg(Color::Indexed(242)),
            _ => Style::new().fg(Color::Indexed(246)),
        }
    }

    /// A letter in a rail of this [`color`](Self::color).
    pub fn rail(self, color: Color) -> Style {
        Style::new().fg(color).add_modifier(Modifier::BOLD)
    }

    /// A key in a hint.
    pub fn key(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// A heading.
    pub fn heading(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The bar above everything.
    pub fn bar(self) -> Style {
        self.quiet().add_modifier(Modifier::REVERSED)
    }

    /// The chosen line of a list.
    pub fn chosen(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Something that did not work.
    pub fn fault(self) -> Style {
        match self.depth {
            Depth::None => Style::new().add_modifier(Modifier::BOLD),
            Depth::Named => Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            _ => Style::new().fg(self.color(Rgb { red: 0xE0, green: 0x50, blue: 0x30 })).add_modifier(Modifier::BOLD),
        }
    }

    /// A symbol in place of a character that cannot be shown.
    pub fn mark(self) -> Style {
        self.quiet().add_modifier(Modifier::DIM)
    }
}

/// Whether a terminal of this name answers to OSC 11 or at least passes over it.
fn answers(term: &str, tmux: bool) -> bool {
    let is_screen = term == "screen" || term.starts_with("screen.") || term.starts_with("screen-");
    !matches!(term, "" | "dumb" | "linux" | "cons25") && !term.starts_with("Eterm") && (tmux || !is_screen)
}

/// Relative luminance by WCAG 2.2.
fn luminance(rgb: Rgb) -> f32 {
    let channel = |value: u8| {
        let value = f32::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(rgb.red) + 0.7152 * channel(rgb.green) + 0.0722 * channel(rgb.blue)
}

/// The contrast between two luminances by WCAG 2.2, from 1 to 21.
fn contrast(a: f32, b: f32) -> f32 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What text needs to be read without effort.
const ENOUGH: f32 = 4.5;

fn mixed(rgb: Rgb, with: u8, share: f32) -> Rgb {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of bytes is a byte")]
    let channel = |value: u8| (f32::from(value) * (1.0 - share) + f32::from(with) * share).round() as u8;
    Rgb { red: channel(rgb.red), green: channel(rgb.green), blue: channel(rgb.blue) }
}

/// `rgb`, with as much black as it needs on white.
fn darkened(rgb: Rgb) -> Rgb {
    let steps = (0_u8..20).map(|step| mixed(rgb, 0, f32::from(step) / 20.0));
    steps.into_iter().find(|own| contrast(luminance(*own), 1.0) >= ENOUGH).unwrap_or(Rgb { red: 0, green: 0, blue: 0 })
}

/// `rgb`, with as much white as it needs on black.
fn lightened(rgb: Rgb) -> Rgb {
    let steps = (0_u8..20).map(|step| mixed(rgb, 255, f32::from(step) / 20.0));
    let found = steps.into_iter().find(|own| contrast(luminance(*own), 0.0) >= ENOUGH);
    found.unwrap_or(Rgb { red: 255, green: 255, blue: 255 })
}

/// The nearest colour of xterm's 6×6×6 cube.
fn nearest_of_cube(rgb: Rgb) -> u8 {
    // Its levels are 0, 95, 135, 175, 215, 255.
    let nearest = |value: u8| match value {
        0..48 => 0,
        48..116 => 1,
        _ => (value - 36) / 40,
    };
    16 + 36 * nearest(rgb.red) + 6 * nearest(rgb.green) + nearest(rgb.blue)
}

/// The nearest of the named colours that show on light and dark alike.
fn nearest_named(rgb: Rgb) -> Color {
    const NAMED: [(Color, [i32; 3]); 6] = [
        (Color::Red, [205, 60, 30]),
        (Color::Green, [0, 160, 90]),
        (Color::Yellow, [225, 160, 0]),
        (Color::Blue, [60, 90, 220]),
        (Color::Magenta, [205, 110, 170]),
        (Color::Cyan, [70, 180, 230]),
    ];
    let own = [rgb.red, rgb.green, rgb.blue].map(i32::from);
    let distance = |named: &[i32; 3]| named.iter().zip(own).map(|(a, b)| (a - b).pow(2)).sum::<i32>();
    NAMED.iter().min_by_key(|(_, named)| distance(named)).map_or(Color::Reset, |(color, _)| *color)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_color_can_be_read_on_light_and_dark() {
        for (_, _, label) in crate::schema::Schema::builtin().span_labels() {
            let color = label.color.unwrap();
            assert!(contrast(luminance(darkened(color)), 1.0) >= ENOUGH, "{:?} on white", label.id);
            assert!(contrast(luminance(lightened(color)), 0.0) >= ENOUGH, "{:?} on black", label.id);
        }
    }

    #[test]
    fn no_two_built_in_labels_have_one_color_in_any_depth_on_light_or_dark() {
        let schema = crate::schema::Schema::builtin();
        for (depth, light) in [Depth::True, Depth::Indexed, Depth::Named].into_iter().zip([false, true].repeat(2)) {
            let theme = Theme { light, ..Theme::new(depth, false) };
            let colors: Vec<Color> =
                schema.span_labels().map(|(_, _, label)| theme.color(label.color.unwrap())).collect();
            assert!(
                (1..colors.len()).all(|place| !colors[place..].contains(&colors[place - 1])),
                "{depth:?} {colors:?}"
            );
        }
    }

    #[test]
    fn the_nearest_level_of_the_cube_is_found_for_every_grey() {
        const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
        for grey in 0..=u8::MAX {
            let place = (0..6).min_by_key(|place| LEVELS[usize::from(*place)].abs_diff(grey)).unwrap();
            assert_eq!(nearest_of_cube(Rgb { red: grey, green: grey, blue: grey }), 16 + 43 * place, "{grey}");
        }
    }

    #[test]
    fn the_theme_follows_the_background_and_what_is_set_wins() {
        let theme = Theme::new(Depth::True, false);
        let grey = |value| Rgb { red: value, green: value, blue: value };
        assert!(theme.over(grey(0xFF)).light && theme.over(grey(0x90)).light);
        assert!(!theme.over(grey(0)).light && !theme.over(grey(0x60)).light);
        assert!(theme.over(Rgb { red: 0xFD, green: 0xF6, blue: 0xE3 }).light, "solarized light");
        assert!(!theme.over(Rgb { red: 0x00, green: 0x2B, blue: 0x36 }).light, "solarized dark");
        assert!(theme.over(grey(0)).on(Background::Light).light);
        assert!(!theme.over(grey(0xFF)).on(Background::Dark).light);
        assert!(theme.over(grey(0xFF)).on(Background::Auto).light);
    }

    #[test]
    fn only_terminals_are_asked_that_do_not_take_it_ill() {
        for term in ["dumb", "linux", "", "screen", "screen.xterm-256color", "Eterm-color"] {
            assert!(!answers(term, false), "{term}");
        }
        for term in ["xterm-256color", "alacritty", "xterm-kitty", "tmux-256color", "screen-like"] {
            assert!(answers(term, false) || term.starts_with("screen-"), "{term}");
        }
        assert!(answers("screen-256color", true));
    }

    #[test]
    fn without_color_what_is_covered_focused_and_selected_look_different() {
        let theme = Theme::new(Depth::None, false);
        let color = theme.color(Rgb { red: 0xE6, green: 0x9F, blue: 0 });
        assert!(theme.focused(color, false).add_modifier.contains(Modifier::REVERSED));
        let under = [Style::new(), theme.covered(color), theme.focused(color, true)];
        let [_, covered, focused] = under;
        assert!(focused.add_modifier.contains(Modifier::BOLD) && !focused.add_modifier.contains(Modifier::REVERSED));
        assert!(!covered.add_modifier.contains(Modifier::REVERSED));
        for own in under {
            let selected = own.patch(theme.selected());
            assert!(selected.add_modifier.contains(Modifier::REVERSED | Modifier::BOLD), "over {own:?}");
            assert!(!selected.add_modifier.contains(Modifier::UNDERLINED), "over {own:?} it is told from the focus");
        }
    }

    #[test]
    fn the_built_in_labels_differ_in_sixteen_colors() {
        let theme = Theme::new(Depth::Named, false);
        let schema = crate::schema::Schema::builtin();
        let mut colors: Vec<String> =
            schema.span_labels().map(|(_, _, label)| format!("{:?}", theme.color(label.color.unwrap()))).collect();
        let count = colors.len();
        colors.sort();
        colors.dedup();
        assert_eq!(colors.len(), count);
    }
}
