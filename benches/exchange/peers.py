"""Seconds that Python takes to write what tribune wrote into a directory, as an object of JSON: jsonl, csv, brat, CAS and spaCy.

From annotations in memory to bytes, the best of three (of one where it is slow). The libraries: json, csv, bioc, dkpro-cassis, spaCy.
Memory holds what a program has before it writes: the text, annotations with offsets and numbers of speakers, the register, where turns
and lines begin. What a row says beyond that is found while it is written. jsonl and csv must come out as the very bytes of tribune.
"""
import csv, io, json, pathlib, sys, time
from bisect import bisect_right

directory = pathlib.Path(sys.argv[1])
row = json.loads((directory / "annotations.jsonl").read_bytes())
places = json.loads((directory / "places.json").read_bytes())
columns = (directory / "spans.csv").read_text(encoding="utf-8").split("\n", 1)[0].split(",")

text, head = row["text"], {key: value for key, value in row.items() if key not in ("speakers", "annotations")}
register = {own["id"]: own for own in row["speakers"]}
annotations = [
    {"id": own["id"], "layer": own["layer"], "label": own["label"], "spans": [(at["start"], at["end"]) for at in own["fragments"]],
     "attributes": [(at["name"], at["kind"], at["speaker_id"] or at["value"]) for at in own["attributes"]],
     "note": own["note"], "origin": own["origin"]}
    for own in row["annotations"]
]
turns, lines = places["turns"], places["lines"]
turn_starts, line_starts = [turn[0] for turn in turns], [line[0] for line in lines]


def name(own):
    return own["layer"][0].upper() + str(own["id"])


def words(kind, value):
    return register[value]["name"] if kind == "speaker" else value


def speaker(own):
    return next((words(kind, value) for _, kind, value in own["attributes"] if kind == "speaker"), None)


def place(start):
    """The number of the turn, who is speaking, the number of the paragraph."""
    number = bisect_right(turn_starts, start)
    turn = turns[number - 1] if number and start < turns[number - 1][1] else None
    return number if turn else None, turn[2] if turn else None, lines[bisect_right(line_starts, start) - 1][1]


def called(own):
    """Layer and label as all exports call them."""
    layer = own["layer"][0].upper() + own["layer"][1:]
    return layer, None if own["label"] == own["layer"] else own["label"]


def jsonl():
    rows = []
    for own in annotations:
        fragments = [{"start": start, "end": end, "quote": text[start:end]} for start, end in own["spans"]]
        turn, speaking, paragraph = place(own["spans"][0][0])
        rows.append({
            "id": own["id"], "name": name(own), "layer": own["layer"], "label": own["label"], "target": "text",
            "start": own["spans"][0][0], "end": own["spans"][-1][1], "fragments": fragments, "relation": None, "speaker": speaker(own),
            "attributes": [{"name": key, "kind": kind, "value": words(kind, value), "speaker_id": value if kind == "speaker" else None}
                           for key, kind, value in own["attributes"]],
            "note": own["note"], "origin": own["origin"], "turn_speaker": speaking, "turn": turn, "paragraph": paragraph,
        })
    line = dict(head, speakers=list(register.values()), annotations=rows)
    return {"annotations.jsonl": (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode()}


def units(encoding, size):
    """How many units of an encoding stand before each offset of a span."""
    offsets = sorted({at for own in annotations for span in own["spans"] for at in span})
    before, total, last = {}, 0, 0
    for at in offsets:
        total += len(text[last:at].encode(encoding)) // size
        before[at], last = total, at
    return before


def table():
    wide, octets = units("utf-16-le", 2), units("utf-8", 1)
    files = {name: io.StringIO(newline="") for name in ("spans", "relations", "labels", "speakers", "annotators", "documents")}
    writers = {name: csv.writer(file, lineterminator="\n") for name, file in files.items()}
    said = columns[columns.index("note"):]
    attributes = [name.removeprefix("attr_") for name in said if name.startswith("attr_")]
    base = row["id"].removesuffix(".txt")
    writers["spans"].writerow(columns)
    for kind, own in (("relations", ["doc_id", "relation_id", "annotator", "label", "value", "from", "to", "speaker"]),
                      ("labels", ["doc_id", "label_id", "annotator", "label", "value", "speaker"])):
        writers[kind].writerow(own + said)
    writers["speakers"].writerow(["doc_id", "annotator", "speaker_id", "speaker", "role", "aliases"])
    for own in register.values():
        writers["speakers"].writerow([base, row["annotator"], own["id"], own["name"], own["role"], "; ".join(own["aliases"])])
    writers["annotators"].writerow(["doc_id", "annotator", "status", "revision", "schema"])
    writers["annotators"].writerow([base, row["annotator"], row["status"].lower(), row["revision"], row["schema"]["name"]])
    writers["documents"].writerow(["doc_id", "file", "sha256", "code_points", "text"])
    writers["documents"].writerow([base, row["id"], row["sha256"], len(text), text])
    write = writers["spans"].writerow
    for own in annotations:
        layer, value = called(own)
        values = {key: words(kind, value) for key, kind, value in own["attributes"]}
        origin = own["origin"]
        for number, (start, end) in enumerate(own["spans"], 1):
            turn, speaking, paragraph = place(start)
            write([base, name(own), number, row["annotator"], layer, value, start, end, wide[start], wide[end], octets[start], octets[end],
                   text[start:end], octets[start], octets[end], speaker(own), turn, speaking, paragraph, own["note"], origin["kind"],
                   "; ".join(origin["from"]), origin["score"], *[values.get(key) for key in attributes], None])
    return {f"{name}.csv": file.getvalue().encode() for name, file in files.items()}


def brat():
    from bioc import brat
    document = brat.BratDocument()
    document.text = text
    count = 0
    for own in annotations:
        entity = brat.BratEntity()
        layer, value = called(own)
        pieces = [text[start:end].replace("\n", " ") for start, end in own["spans"]]
        entity.id, entity.type, entity.text = f"T{own['id']}", layer, " ".join(pieces)
        for start, end in own["spans"]:
            entity.add_span(start, end)
        document.add_annotation(entity)
        for key, said in [("value", value)] * (value is not None) + [(key, words(kind, own)) for key, kind, own in own["attributes"]]:
            count += 1
            attribute = brat.BratAttribute()
            attribute.id, attribute.type, attribute.refid = f"A{count}", key, entity.id
            attribute.add_attribute(said)
            document.add_annotation(attribute)
    out = io.StringIO()
    brat.dump_ann(document, out)
    return {"ann": out.getvalue().encode(), "txt": text.encode()}


def cas():
    from cassis import Cas, TypeSystem
    system = TypeSystem()
    kind = system.create_type("webanno.custom.Span", "uima.tcas.Annotation")
    for feature in ("label", "value", "uid", "note", "speaker"):
        system.create_feature(kind, feature, "uima.cas.String")
    view = Cas(system)
    view.sofa_string = text
    for own in annotations:
        layer, value = called(own)
        for start, end in own["spans"]:
            view.add(kind(begin=start, end=end, label=layer, value=value, uid=f"T{own['id']}", note=own["note"], speaker=speaker(own)))
    return {"cas.json": view.to_json().encode()}


def spacy():
    import spacy as library
    language = library.blank("ru")
    language.max_length = len(text) + 1
    doc = language(text)
    found = (doc.char_span(start, end, label=":".join(filter(None, called(own))), kb_id=f"T{own['id']}", alignment_mode="expand")
             for own in annotations for start, end in own["spans"])
    doc.spans["sc"] = [span for span in found if span]
    return {"spacy.jsonl": json.dumps(doc.to_json(), ensure_ascii=False).encode()}


def best(work, rounds, is_same):
    seconds = []
    for _ in range(rounds):
        begin = time.perf_counter()
        files = work()
        seconds.append(time.perf_counter() - begin)
    for name, content in files.items() if is_same else ():
        assert content == (directory / name).read_bytes(), f"{name} is not what tribune writes"
    return min(seconds)


json.dump({"jsonl": best(jsonl, 3, True), "csv": best(table, 3, True), "brat": best(brat, 1, False), "cas": best(cas, 1, False),
           "spacy": best(spacy, 1, False)}, sys.stdout)
