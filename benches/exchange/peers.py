"""Seconds that Python takes to write what is in a JSON line of tribune as jsonl, csv, brat, CAS and spaCy, as an object of JSON.

From objects in memory to bytes, the best of three (of one where it is slow). The libraries: json, csv, bioc, dkpro-cassis, spaCy.
"""
import csv, io, json, sys, time

row = json.loads(open(sys.argv[1], encoding="utf-8", newline="").readline())
text, annotations = row["text"], row["annotations"]
spans = [(own["id"], own["layer"], own["label"], own["speaker"], piece["start"], piece["end"])
         for own in annotations for piece in own["fragments"]]


def jsonl():
    rows = [dict(own, fragments=[{"start": at["start"], "end": at["end"], "quote": text[at["start"]:at["end"]]}
                                 for at in own["fragments"]]) for own in annotations]
    return json.dumps(dict(row, annotations=rows), ensure_ascii=False).encode()


def units(size):
    """Where each code point begins, counted in units of `size(code point)`."""
    at, places = 0, [0]
    for character in text:
        at += size(ord(character))
        places.append(at)
    return places


def table():
    wide = units(lambda code: 2 if code > 0xFFFF else 1)
    octets = units(lambda code: 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4)
    out = io.StringIO()
    writer = csv.writer(out)
    for name, layer, label, speaker, start, end in spans:
        writer.writerow([row["id"], name, 1, row["annotator"], layer, label, start, end, wide[start], wide[end],
                         octets[start], octets[end], text[start:end], speaker, "", "", 1, "", "", "", "manual", "", "", "", ""])
    return out.getvalue().encode()


def brat():
    from bioc import brat
    document = brat.BratDocument()
    document.text = text
    for name, layer, label, speaker, start, end in spans:
        entity = brat.BratEntity()
        entity.id, entity.type, entity.text = f"T{name}", f"{layer}-{label}", text[start:end].replace("\n", " ")
        entity.add_span(start, end)
        document.add_annotation(entity)
    out = io.StringIO()
    brat.dump_ann(document, out)
    return out.getvalue().encode()


def cas():
    from cassis import Cas, TypeSystem
    system = TypeSystem()
    kind = system.create_type("webanno.custom.Span", "uima.tcas.Annotation")
    for feature in ("label", "value", "speaker"):
        system.create_feature(kind, feature, "uima.cas.String")
    own = Cas(system)
    own.sofa_string = text
    for name, layer, label, speaker, start, end in spans:
        own.add(kind(begin=start, end=end, label=layer, value=label, speaker=speaker))
    return own.to_json().encode()


def spacy():
    import spacy as library
    language = library.blank("ru")
    language.max_length = len(text) + 1
    doc = language(text)
    doc.spans["tribune"] = [span for *_, label, _, start, end in spans
                            if (span := doc.char_span(start, end, label=label, alignment_mode="expand"))]
    return json.dumps(doc.to_json(), ensure_ascii=False).encode()


def best(work, rounds):
    seconds = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


json.dump({"jsonl": best(jsonl, 3), "csv": best(table, 3), "brat": best(brat, 1), "cas": best(cas, 1), "spacy": best(spacy, 1)},
          sys.stdout)
