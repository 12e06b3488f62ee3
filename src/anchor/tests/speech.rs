//! Speeches made of numbered words, so that after any edit it is known where each word went.

/// Deterministic random numbers (splitmix64).
pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }
}

/// A word with what is printed behind it.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) id: usize,
    /// The word that this one is a copy of.
    pub(super) copy_of: Option<usize>,
    pub(super) letters: String,
    mark: &'static str,
}

/// Paragraphs of sentences of words.
#[derive(Clone, Debug)]
pub(super) struct Speech {
    pub(super) paragraphs: Vec<Vec<Vec<Word>>>,
    words: usize,
}

/// How a speech is written down.
#[derive(Clone, Copy, Debug)]
pub(super) enum Writing {
    Plain,
    Decomposed,
    Wrapped,
    Dos,
}

/// What is done to a speech.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    Insert,
    Delete,
    Replace,
    Move,
    Duplicate,
    All,
}

const SYLLABLES: [&str; 16] =
    ["ра", "бо", "та", "ей", "ёл", "ка", "за\u{301}", "мок", "ұл", "ғы", "құ", "кой", "при", "ско", "ні", "эль"];
const REFRAINS: [&str; 3] =
    ["Спасибо за внимание", "Уважаемые депутаты прошу вас поддержать этот важный закон", "Бұл дұрыс 👍"];

impl Speech {
    /// A speech of at least `bytes` bytes.
    pub(super) fn new(bytes: usize, random: &mut Random) -> Self {
        let mut speech = Self { paragraphs: Vec::new(), words: 0 };
        let mut length = 0;
        while length < bytes {
            let sentences = 2 + random.below(6);
            let paragraph: Vec<_> = (0..sentences).map(|_| speech.sentence(random)).collect();
            length += paragraph.iter().flatten().map(|word| word.letters.len() + 1).sum::<usize>();
            speech.paragraphs.push(paragraph);
        }
        speech
    }

    /// The speech that `text` has a paragraph a line of; marks are letters.
    pub(super) fn of(text: &str) -> Self {
        let mut speech = Self { paragraphs: Vec::new(), words: 0 };
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let words: Vec<Word> = line.split_whitespace().map(|word| speech.word(word.to_owned(), "")).collect();
            let sentences = words.split_inclusive(|word| word.letters.ends_with(['.', '!', '?'])).map(<[Word]>::to_vec);
            speech.paragraphs.push(sentences.collect());
        }
        speech
    }

    fn word(&mut self, letters: String, mark: &'static str) -> Word {
        self.words += 1;
        Word { id: self.words, copy_of: None, letters, mark }
    }

    fn random_word(&mut self, random: &mut Random) -> Word {
        // Few words are common, many are rare.
        let rank = random.below(3000).min(random.below(3000)).min(random.below(3000));
        let mut own = Random(rank as u64);
        let letters = match rank {
            0 => "👩🏽‍🌾".to_owned(),
            1..8 => ["и", "в", "на", "не", "что", "мы", "с"][rank - 1].to_owned(),
            _ => (0..=1 + own.below(3)).map(|_| SYLLABLES[own.below(SYLLABLES.len())]).collect(),
        };
        self.word(letters, if random.below(8) == 0 { "," } else { "" })
    }

    fn sentence(&mut self, random: &mut Random) -> Vec<Word> {
        let mut sentence: Vec<_> = if random.below(25) == 0 {
            let refrain = REFRAINS[random.below(REFRAINS.len())];
            refrain.split(' ').map(|letters| self.word(letters.to_owned(), "")).collect()
        } else {
            (0..4 + random.below(20)).map(|_| self.random_word(random)).collect()
        };
        sentence.last_mut().unwrap().mark = [".", ".", "!", "?"][random.below(4)];
        sentence
    }

    /// Makes one random change.
    pub(super) fn change(&mut self, change: Change, random: &mut Random) {
        let paragraph = random.below(self.paragraphs.len());
        let sentence = random.below(self.paragraphs[paragraph].len());
        let word = random.below(self.paragraphs[paragraph][sentence].len());
        let size = random.below(4);
        match change {
            Change::Insert if size == 0 => {
                let own = vec![self.sentence(random), self.sentence(random)];
                self.paragraphs.insert(paragraph, own);
            }
            Change::Insert if size == 1 => {
                let own = self.sentence(random);
                self.paragraphs[paragraph].insert(sentence, own);
            }
            Change::Insert => {
                let own = self.random_word(random);
                self.paragraphs[paragraph][sentence].insert(word, own);
            }
            Change::Delete if size == 0 && self.paragraphs.len() > 1 => drop(self.paragraphs.remove(paragraph)),
            Change::Delete if size == 1 && self.paragraphs[paragraph].len() > 1 => {
                drop(self.paragraphs[paragraph].remove(sentence));
            }
            Change::Delete if self.paragraphs[paragraph][sentence].len() > 1 => {
                drop(self.paragraphs[paragraph][sentence].remove(word));
            }
            Change::Delete => {}
            Change::Replace => {
                let end = (word + 1 + size).min(self.paragraphs[paragraph][sentence].len());
                let mut own: Vec<_> = (0..=random.below(4)).map(|_| self.random_word(random)).collect();
                // What replaces a word is another word.
                let gone = &self.paragraphs[paragraph][sentence][word..end];
                own.retain(|word| gone.iter().all(|gone| gone.letters != word.letters));
                let own = if own.is_empty() { vec![self.word("вместо\u{301}".to_owned(), "")] } else { own };
                self.paragraphs[paragraph][sentence].splice(word..end, own);
            }
            Change::Move => {
                let own = self.paragraphs.remove(paragraph);
                self.paragraphs.insert(random.below(self.paragraphs.len() + 1), own);
            }
            Change::Duplicate => {
                let mut own = self.paragraphs[paragraph][sentence].clone();
                for word in &mut own {
                    self.words += 1;
                    *word = Word { id: self.words, copy_of: Some(word.copy_of.unwrap_or(word.id)), ..word.clone() };
                }
                let there = if size < 2 { paragraph } else { random.below(self.paragraphs.len()) };
                let place = if size < 2 { sentence } else { random.below(self.paragraphs[there].len() + 1) };
                self.paragraphs[there].insert(place, own);
            }
            Change::All => {
                let each = [Change::Insert, Change::Delete, Change::Replace, Change::Move, Change::Duplicate];
                self.change(each[random.below(5)], random);
            }
        }
    }

    /// How many bytes the first `letters` bytes of `word` are as written.
    pub(super) fn written(word: &Word, letters: usize, writing: Writing) -> usize {
        use unicode_normalization::UnicodeNormalization;
        match writing {
            Writing::Decomposed => word.letters.get(..letters).unwrap().nfd().map(char::len_utf8).sum(),
            Writing::Plain | Writing::Wrapped | Writing::Dos => letters,
        }
    }

    /// The text, and each word with the bytes where its letters stand.
    pub(super) fn write(&self, writing: Writing) -> (String, Vec<(Word, std::ops::Range<usize>)>) {
        use unicode_normalization::UnicodeNormalization;
        let mut text = String::new();
        let mut places = Vec::new();
        let line = if matches!(writing, Writing::Dos) { "\r\n" } else { "\n" };
        for paragraph in &self.paragraphs {
            let mut column = 0;
            for (at, word) in paragraph.iter().flatten().enumerate() {
                if at > 0 {
                    let wraps = matches!(writing, Writing::Wrapped) && column > 60;
                    text.push_str(if wraps { line } else { " " });
                    column = if wraps { 0 } else { column };
                }
                let start = text.len();
                match writing {
                    Writing::Decomposed => text.extend(word.letters.nfd()),
                    _ => text.push_str(&word.letters),
                }
                places.push((word.clone(), start..text.len()));
                text.push_str(word.mark);
                column += word.letters.chars().count() + 1;
            }
            text.push_str(line);
            text.push_str(line);
        }
        (text, places)
    }
}
