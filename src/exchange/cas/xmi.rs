//! XMI: the same structures as elements, the text as an attribute, the types in a file of their own.
//!
//! ```text
//! <custom:Span xmi:id="3" sofa="1" begin="6" end="14" label="Quote" uid="T1"/>     xmlns:custom="http:///webanno/custom.ecore"
//! ```
//!
//! Document types and their entities are refused. References have the looks of numbers; which features are references is known by
//! their names in the types of `DKPro` and `WebAnno`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_xml::Writer as Xml;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::{Map, Value as Json};

use super::META;
use crate::exchange::{Spot, Unreadable};

const XMI: &str = "http://www.omg.org/XMI";
/// What the type system is called.
pub(super) const TYPES: &str = "TypeSystem.xml";

/// Features of `DKPro` and `WebAnno` that lead to other structures.
const REFERENCES: [&str; 18] = [
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
    "role",
    "spelling",
    "form",
    "suggestions",
];

/// Whether a file that begins with `head` is one of these.
pub(super) fn sniff(name: &str, head: &[u8]) -> bool {
    let has = |words: &str| head.windows(words.len()).any(|own| own == words.as_bytes());
    name.to_lowercase().ends_with("xmi") || (has(XMI) && has("<xmi:XMI"))
}

/// The structures in `content`, which is in the file called `name`; none when it is a type system.
pub(super) fn structures(name: &str, content: &str) -> Result<Option<Vec<Map<String, Json>>>, Unreadable> {
    let refuse = |reason| Unreadable::Content(Spot::new(name, 0), reason);
    let tree = roxmltree::Document::parse(content).map_err(|error| refuse(format!("this is no XMI: {error}")))?;
    let root = tree.root_element();
    match root.tag_name().name() {
        "typeSystemDescription" => return Ok(None),
        "XMI" => {}
        other => return Err(refuse(format!("expected xmi:XMI, found {other}"))),
    }
    let structure = |node: roxmltree::Node<'_, '_>| {
        let namespace = node.tag_name().namespace().unwrap_or_default();
        let package = namespace.strip_prefix("http:///").unwrap_or(namespace);
        let package = package.strip_suffix(".ecore").unwrap_or(package).replace('/', ".");
        let mut structure = Map::new();
        structure.insert("%TYPE".to_owned(), format!("{package}.{}", node.tag_name().name()).into());
        for own in node.attributes() {
            let number = || own.value().parse::<u64>().map_or_else(|_| own.value().into(), Json::from);
            let (name, value) = match (own.namespace(), own.name()) {
                (Some(XMI), "id") => ("%ID".to_owned(), number()),
                (_, name @ ("begin" | "end")) => (name.to_owned(), number()),
                (_, name) if REFERENCES.contains(&name) => (format!("@{name}"), number()),
                (_, name) => (name.to_owned(), own.value().into()),
            };
            structure.insert(name, value);
        }
        structure
    };
    Ok(Some(root.children().filter(roxmltree::Node::is_element).map(structure).collect()))
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
    pub(super) fn add(&mut self, id: usize, kind: &str, features: &Json) -> io::Result<()> {
        self.0.write_event(Event::Text(BytesText::new("\n")))?;
        let prefix = if kind == META { "metadata" } else { "custom" };
        let name = kind.rsplit('.').next().unwrap_or_default();
        let mut element = BytesStart::new(format!("{prefix}:{name}"));
        element.push_attribute(("xmi:id", id.to_string().as_str()));
        element.push_attribute(("sofa", "1"));
        for (name, value) in features.as_object().into_iter().flatten() {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            element.push_attribute((name.trim_start_matches('@'), value.as_str()));
        }
        self.0.write_event(Event::Empty(element))
    }

    /// Ends with the view.
    pub(super) fn finish(mut self, members: &[usize]) -> io::Result<()> {
        let mut view = BytesStart::new("cas:View");
        view.push_attribute(("sofa", "1"));
        let members: Vec<String> = members.iter().map(usize::to_string).collect();
        view.push_attribute(("members", members.join(" ").as_str()));
        self.0.write_event(Event::Text(BytesText::new("\n")))?;
        self.0.write_event(Event::Empty(view))?;
        self.0.write_event(Event::End(BytesEnd::new("xmi:XMI")))
    }
}

/// Writes `types`, given as CAS JSON has them, as a type system.
pub(super) fn type_system(types: &Json, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let words = |own: &Json, name: &str| own.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let root = xml.create_element("typeSystemDescription");
    root.with_attribute(("xmlns", "http://uima.apache.org/resourceSpecifier")).write_inner_content(|xml| {
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
