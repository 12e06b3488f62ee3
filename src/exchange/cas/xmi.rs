//! XMI: the same structures as elements, the text as an attribute, the types in a file of their own.
//!
//! ```text
//! <custom:Span xmi:id="3" sofa="1" begin="6" end="14" label="Quote" uid="T1"/>     xmlns:custom="http:///webanno/custom.ecore"
//! ```
//!
//! An array of strings is an element for each within that of its structure; it is read as words with `; ` between. Where arrays may be
//! shared they are structures of their own (`cas:StringArray`). What stands deeper within a structure is told and not taken.
//!
//! Document types and their entities are refused. References have the looks of numbers; which features are references the type
//! system says, if there is one in the directory or above it, else their names in the types of `DKPro` and `WebAnno`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_xml::Writer as Xml;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::{Map, Value as Json};

use super::structure::{self, FIRST, Feature};
use super::{META, Structure};
use crate::exchange::contents::{above, optional};
use crate::exchange::{Files, Refusal, Spot, Unreadable, xml};

const XMI: &str = "http://www.omg.org/XMI";
/// What the type system is called.
pub(super) const TYPES: &str = "TypeSystem.xml";

/// What wrote the type system, if it was us.
const WE: &str = "tribune";

/// Features of `DKPro` and `WebAnno` that lead to other structures, for want of a type system.
const REFERENCES: [&str; 17] = [
    "sofa",
    "Governor",
    "Dependent",
    "target",
    "links",
    "next",
    "first",
    "pos",
    "lemma",
    "stem",
    "morph",
    "parent",
    "children",
    "arguments",
    "spelling",
    "form",
    "suggestions",
];

/// Whether a file that begins with `head` is one of these.
pub(super) fn sniff(name: &str, head: &[u8]) -> bool {
    let has = |words: &str| head.windows(words.len()).any(|own| own == words.as_bytes());
    name.to_lowercase().ends_with("xmi") || (has(XMI) && has("<xmi:XMI"))
}

/// What a type system says.
#[derive(Debug, Default)]
pub(super) struct TypeSystem {
    /// Whether we wrote it.
    pub(super) is_ours: bool,
    /// Whose annotations it is for, if it says so.
    pub(super) annotator: Option<String>,
    /// The types by name, each with the one above it and the types of its own features.
    types: BTreeMap<String, (String, BTreeMap<String, Range>)>,
}

/// What a feature holds.
#[derive(Debug)]
struct Range {
    /// A type.
    kind: String,
    /// Whether several structures may hold the same array.
    is_shared: bool,
}

impl TypeSystem {
    /// The one in `content`, which is in the file called `name`.
    pub(super) fn read(name: &str, content: &str) -> Result<Self, Unreadable> {
        let tree = xml::parse(name, content)?;
        let root = tree.root_element();
        let mut types = BTreeMap::new();
        for own in root.descendants().filter(|own| own.has_tag_name_of("typeDescription")) {
            let features = own.descendants().filter(|own| own.has_tag_name_of("featureDescription"));
            let range = |own: roxmltree::Node<'_, '_>| Range {
                kind: own.words_in("rangeTypeName"),
                is_shared: own.words_in("multipleReferencesAllowed") == "true",
            };
            let features = features.map(|own| (own.words_in("name"), range(own))).collect();
            types.insert(own.words_in("name"), (own.words_in("supertypeName"), features));
        }
        let annotator = Some(root.words_in("vendor")).filter(|own| !own.is_empty());
        Ok(Self { is_ours: root.words_in("name") == WE, annotator, types })
    }

    /// The one in the nearest directory at or above that of `file`; one that knows nothing where there is none.
    fn beside(files: &dyn Files, file: &str) -> Result<Self, Unreadable> {
        for directory in above(file) {
            for name in [TYPES, "typesystem.xml"] {
                let name = format!("{directory}{name}");
                if let Some(content) = optional(files, &name)? {
                    return Self::read(&name, &content);
                }
            }
        }
        Ok(Self::default())
    }

    /// What `feature` of a structure of this type holds.
    fn range(&self, kind: &str, feature: &str) -> Option<&Range> {
        // A type has fewer types above it than there are types, unless they go in circles.
        let above = std::iter::successors(Some(kind), |own| Some(self.types.get(*own)?.0.as_str()));
        above.take(self.types.len()).find_map(|own| self.types.get(own)?.1.get(feature))
    }

    /// Whether `feature` of a structure of this type, which stands in an attribute or in elements `within`, leads to others.
    fn is_reference(&self, kind: &str, feature: &str, within: bool) -> bool {
        let Some(Range { kind: range, is_shared }) = self.range(kind, feature) else {
            return REFERENCES.contains(&feature);
        };
        match range.strip_prefix("uima.cas.") {
            Some("FSArray" | "FSList" | "TOP" | "AnnotationBase" | "Sofa") => true,
            // Strings of their own would stand within.
            Some("StringArray" | "StringList") => !within,
            Some(other) => *is_shared && !within && other.ends_with("Array"),
            None => self.types.get(range).is_none_or(|(above, _)| above != "uima.cas.String"),
        }
    }

    /// Whether `feature` of a structure of this type holds numbers or flags, which have blanks between.
    fn is_list(&self, kind: &str, feature: &str) -> bool {
        let range = self.range(kind, feature).and_then(|own| own.kind.strip_prefix("uima.cas."));
        range.is_some_and(|own| own.ends_with("Array") || own.ends_with("List"))
    }

    /// The feature called `name` of a structure of type `kind`, and what `words` say there.
    fn feature(&self, kind: &str, name: &str, words: &str, within: bool) -> (String, Json) {
        let number = || words.parse::<u64>().map_or_else(|_| words.into(), Json::from);
        // In our own files the schema says what is a flag.
        let is_flag = || !self.is_ours && self.range(kind, name).is_some_and(|own| own.kind == "uima.cas.Boolean");
        match name {
            "begin" | "end" => (name.to_owned(), number()),
            "elements" if is_array(kind) => (ELEMENTS.to_owned(), words.into()),
            "sofa" => ("@sofa".to_owned(), number()),
            name if self.is_reference(kind, name, within) => (format!("@{name}"), number()),
            name if !within && self.is_list(kind, name) => {
                (name.to_owned(), words.split_ascii_whitespace().collect::<Vec<_>>().join("; ").into())
            }
            name if is_flag() => (name.to_owned(), words.parse().map_or_else(|_| words.into(), Json::Bool)),
            name => (name.to_owned(), words.into()),
        }
    }
}

/// The feature of an array that holds what is in it.
const ELEMENTS: &str = "%ELEMENTS";

fn is_array(kind: &str) -> bool {
    kind.starts_with("uima.cas.") && kind.ends_with("Array")
}

/// What is asked of elements.
trait Element {
    /// Whether it is called `name`, in any namespace.
    fn has_tag_name_of(&self, name: &str) -> bool;

    /// The words in its child called `name`.
    fn words_in(&self, name: &str) -> String;
}

impl Element for roxmltree::Node<'_, '_> {
    fn has_tag_name_of(&self, name: &str) -> bool {
        self.tag_name().name() == name
    }

    fn words_in(&self, name: &str) -> String {
        let child = self.children().find(|own| own.has_tag_name_of(name));
        child.and_then(|own| own.text()).unwrap_or_default().to_owned()
    }
}

/// The structures in `content`, which is in the file called `name`; none when it is a type system. What is within them and cannot be
/// taken goes to `faults`.
pub(super) fn structures(
    files: &dyn Files,
    name: &str,
    content: &str,
    faults: &mut Vec<Refusal>,
) -> Result<Option<Vec<Structure>>, Unreadable> {
    let tree = xml::parse(name, content)?;
    let root = tree.root_element();
    match root.tag_name().name() {
        "typeSystemDescription" => return Ok(None),
        "XMI" => {}
        other => return Err(Unreadable::Content(Spot::new(name, 1), format!("expected xmi:XMI, found {other}"))),
    }
    let types = TypeSystem::beside(files, name)?;
    let (mut line, mut at) = (1, 0);
    let structure = |node: roxmltree::Node<'_, '_>| {
        let start = node.range().start;
        line += memchr::memchr_iter(b'\n', tree.input_text().as_bytes().get(at..start).unwrap_or_default()).count();
        at = start;
        let (own, left) = structure(node, line, &types);
        let spot = Spot::new(name, line);
        faults.extend(left.into_iter().map(|own| spot.refuse(format!("an element {own} within it is not taken"))));
        own
    };
    Ok(Some(root.children().filter(roxmltree::Node::is_element).map(structure).collect()))
}

/// The structure that `node` is, and the names of the elements within it that cannot be taken.
fn structure(node: roxmltree::Node<'_, '_>, line: usize, types: &TypeSystem) -> (Structure, Vec<String>) {
    let namespace = node.tag_name().namespace().unwrap_or_default();
    let package = namespace.strip_prefix("http:///").unwrap_or(namespace);
    let package = package.strip_suffix(".ecore").unwrap_or(package).replace('/', ".");
    let kind = format!("{package}.{}", node.tag_name().name());
    let mut structure = Map::new();
    structure.insert("%LINE".to_owned(), line.into());
    for own in node.attributes() {
        let (name, value) = match (own.namespace(), own.name()) {
            (Some(XMI), "id") => {
                ("%ID".to_owned(), own.value().parse::<u64>().map_or_else(|_| own.value().into(), Json::from))
            }
            (_, name) => types.feature(&kind, name, own.value(), false),
        };
        structure.insert(name, value);
    }
    let mut left = Vec::new();
    // The strings of an array stand within, each in an element called as the feature is.
    for own in node.children().filter(roxmltree::Node::is_element) {
        let name = own.tag_name().name();
        if own.children().any(|own| own.is_element()) || own.text().is_none() && own.attributes().len() > 0 {
            left.push(name.to_owned());
            continue;
        }
        let Some(words) = own.text().filter(|words| !words.is_empty()) else { continue };
        let (feature, value) = types.feature(&kind, name, words, true);
        let between = if feature.starts_with(['@', '%']) { " " } else { "; " };
        match structure.get_mut(&feature) {
            None => drop(structure.insert(feature, value)),
            Some(before @ (Json::String(_) | Json::Number(_))) if !["begin", "end"].contains(&name) => {
                let all = before.as_str().map_or_else(|| before.to_string(), str::to_owned);
                *before = format!("{all}{between}{words}").into();
            }
            Some(_) => left.push(name.to_owned()),
        }
    }
    // Numbers have blanks between, and words may have some of their own.
    if super::view::is_plain_array(&kind) {
        let within = node.children().filter(roxmltree::Node::is_element);
        let words: Vec<Json> = within.map(|own| own.text().unwrap_or_default().into()).collect();
        let numbers = structure.get(ELEMENTS).and_then(Json::as_str).unwrap_or_default().split_ascii_whitespace();
        let all = if words.is_empty() { numbers.map(Json::from).collect() } else { words };
        structure.insert(ELEMENTS.to_owned(), all.into());
    }
    structure.insert("%TYPE".to_owned(), kind.into());
    (structure, left)
}

/// Writes `all`, each with its type and number, as one file.
pub(super) struct Elements<'a>(Xml<&'a mut dyn Write>);

impl<'a> Elements<'a> {
    /// Begins with the text.
    pub(super) fn new(out: &'a mut dyn Write, text: &str) -> io::Result<Self> {
        let mut xml = Xml::new(out);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let mut root = BytesStart::new("xmi:XMI");
        root.push_attribute(("xmlns:xmi", XMI));
        root.push_attribute(("xmlns:cas", "http:///uima/cas.ecore"));
        root.push_attribute(("xmlns:custom", "http:///webanno/custom.ecore"));
        root.push_attribute(("xmlns:metadata", "http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore"));
        root.push_attribute(("xmi:version", "2.0"));
        xml.write_event(Event::Start(root))?;
        let mut null = BytesStart::new("cas:NULL");
        null.push_attribute(("xmi:id", "0"));
        xml.write_event(Event::Empty(null))?;
        let mut sofa = BytesStart::new("cas:Sofa");
        let parts =
            [("xmi:id", "1"), ("sofaNum", "1"), ("sofaID", "_InitialView"), ("mimeType", "text"), ("sofaString", text)];
        for part in parts {
            sofa.push_attribute(part);
        }
        xml.write_event(Event::Empty(sofa))?;
        Ok(Self(xml))
    }

    /// Writes a structure, on a line of its own.
    pub(super) fn add(&mut self, id: usize, (kind, features): &structure::Structure<'_>) -> io::Result<()> {
        self.0.write_event(Event::Text(BytesText::new("\n")))?;
        let prefix = if *kind == META { "metadata" } else { "custom" };
        let name = kind.rsplit('.').next().unwrap_or_default();
        let mut element = BytesStart::new(format!("{prefix}:{name}"));
        element.push_attribute(("xmi:id", id.to_string().as_str()));
        element.push_attribute(("sofa", "1"));
        for (name, value) in features {
            let value = match value {
                Feature::Words(words) => words.as_ref().into(),
                Feature::Number(number) => Cow::Owned(number.to_string()),
                Feature::Flag(flag) => Cow::Owned(flag.to_string()),
            };
            element.push_attribute((name.trim_start_matches('@'), value.as_ref()));
        }
        self.0.write_event(Event::Empty(element))
    }

    /// Ends with the view, in which `count` structures are.
    pub(super) fn finish(mut self, count: usize) -> io::Result<()> {
        let mut view = BytesStart::new("cas:View");
        view.push_attribute(("sofa", "1"));
        let members: Vec<String> = (FIRST..FIRST + count).map(|id| id.to_string()).collect();
        view.push_attribute(("members", members.join(" ").as_str()));
        self.0.write_event(Event::Text(BytesText::new("\n")))?;
        self.0.write_event(Event::Empty(view))?;
        self.0.write_event(Event::End(BytesEnd::new("xmi:XMI")))
    }
}

/// Writes `types`, given as CAS JSON has them, as a type system; one for the annotations of `annotator`, where the files cannot say
/// whose they are.
pub(super) fn type_system(types: &Json, annotator: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let words = |own: &Json, name: &str| own.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let root = xml.create_element("typeSystemDescription");
    root.with_attribute(("xmlns", "http://uima.apache.org/resourceSpecifier")).write_inner_content(|xml| {
        leaf(xml, "name", WE)?;
        annotator.map_or(Ok(()), |annotator| leaf(xml, "vendor", annotator))?;
        xml.create_element("types").write_inner_content(|xml| {
            for (name, own) in types.as_object().into_iter().flatten() {
                xml.create_element("typeDescription").write_inner_content(|xml| {
                    leaf(xml, "name", name)?;
                    leaf(xml, "supertypeName", &words(own, "%SUPER_TYPE"))?;
                    let features: BTreeMap<&String, &Json> =
                        own.as_object().into_iter().flatten().filter(|(_, own)| own.is_object()).collect();
                    xml.create_element("features").write_inner_content(|xml| {
                        for (name, feature) in features {
                            xml.create_element("featureDescription").write_inner_content(|xml| {
                                leaf(xml, "name", name)?;
                                leaf(xml, "rangeTypeName", &words(feature, "%RANGE"))
                            })?;
                        }
                        Ok(())
                    })?;
                    Ok(())
                })?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

fn leaf<W: Write>(xml: &mut Xml<W>, name: &str, words: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(words)).map(|_| ())
}
