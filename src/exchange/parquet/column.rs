//! Columns as Parquet has them: values, and for each how deep it is defined and repeated (Dremel, Melnik et al. 2010).

use std::sync::Arc;

use parquet::basic::{Compression, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor};

/// A table being filled, column by column in the order of its schema, lists and maps by their leaves.
pub(super) struct Table {
    schema: Arc<SchemaDescriptor>,
    columns: Vec<Column>,
}

struct Column {
    kind: ColumnDescPtr,
    values: Values,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
}

enum Values {
    Numbers(Vec<i32>),
    Reals(Vec<f64>),
    Words(Vec<ByteArray>),
}

/// The cells of a row that are still to be given, from the left.
pub(super) struct Cells<'a> {
    columns: &'a mut [Column],
}

impl Table {
    /// An empty table of the schema in `message`, which is one of ours.
    pub(super) fn new(message: &str) -> Self {
        let schema = parse_message_type(message).expect("the schema is well-formed");
        let schema = Arc::new(SchemaDescriptor::new(Arc::new(schema)));
        let column = |kind: &ColumnDescPtr| Column {
            kind: Arc::clone(kind),
            values: match kind.physical_type() {
                Physical::INT32 => Values::Numbers(Vec::new()),
                Physical::DOUBLE => Values::Reals(Vec::new()),
                _ => Values::Words(Vec::new()),
            },
            definitions: Vec::new(),
            repetitions: Vec::new(),
        };
        Self { columns: schema.columns().iter().map(column).collect(), schema }
    }

    /// The next row.
    pub(super) fn row(&mut self) -> Cells<'_> {
        Cells { columns: &mut self.columns }
    }

    /// The file.
    pub(super) fn bytes(&self) -> Result<Vec<u8>> {
        let unit = KeyValue::new("offset_unit".to_owned(), "unicode_code_point".to_owned());
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by("tribune".to_owned())
            .set_key_value_metadata(Some(vec![unit]))
            .build();
        let mut file = SerializedFileWriter::new(Vec::new(), self.schema.root_schema_ptr(), Arc::new(properties))?;
        let mut group = file.next_row_group()?;
        for own in &self.columns {
            if let Some(writer) = group.next_column()? {
                own.write(writer)?;
            }
        }
        group.close()?;
        file.into_inner()
    }
}

impl Column {
    fn write(&self, mut writer: SerializedColumnWriter<'_>) -> Result<()> {
        let definitions = (self.kind.max_def_level() > 0).then_some(self.definitions.as_slice());
        let repetitions = (self.kind.max_rep_level() > 0).then_some(self.repetitions.as_slice());
        match &self.values {
            Values::Numbers(own) => writer.typed::<Int32Type>().write_batch(own, definitions, repetitions)?,
            Values::Reals(own) => writer.typed::<DoubleType>().write_batch(own, definitions, repetitions)?,
            Values::Words(own) => writer.typed::<ByteArrayType>().write_batch(own, definitions, repetitions)?,
        };
        writer.close()
    }

    /// Appends what is in the next row: nothing, a value, or the values of a list.
    fn push<T>(&mut self, cells: impl IntoIterator<Item = T>, push: impl Fn(&mut Values, T)) {
        let mut count = 0;
        for cell in cells {
            push(&mut self.values, cell);
            self.definitions.push(self.kind.max_def_level());
            self.repetitions.push(i16::from(count > 0));
            count += 1;
        }
        if count == 0 {
            self.definitions.push(0);
            self.repetitions.push(0);
        }
    }
}

impl Cells<'_> {
    /// Gives the next column these cells.
    fn give<T>(self, cells: impl IntoIterator<Item = T>, push: impl Fn(&mut Values, T)) -> Self {
        let Some((next, rest)) = self.columns.split_first_mut() else { return Self { columns: &mut [] } };
        next.push(cells, push);
        Self { columns: rest }
    }

    pub(super) fn texts<'t>(self, words: impl IntoIterator<Item = &'t str>) -> Self {
        self.give(words, |values, own| {
            if let Values::Words(values) = values {
                values.push(ByteArray::from(own));
            }
        })
    }

    pub(super) fn numbers(self, numbers: impl IntoIterator<Item = usize>) -> Self {
        self.give(numbers, |values, own| {
            if let Values::Numbers(values) = values {
                values.push(i32::try_from(own).unwrap_or(i32::MAX));
            }
        })
    }

    pub(super) fn maybe_real(self, real: Option<f64>) -> Self {
        self.give(real, |values, own| {
            if let Values::Reals(values) = values {
                values.push(own);
            }
        })
    }

    pub(super) fn text(self, words: &str) -> Self {
        self.texts([words])
    }

    pub(super) fn maybe(self, words: Option<&str>) -> Self {
        self.texts(words)
    }

    pub(super) fn number(self, number: usize) -> Self {
        self.numbers([number])
    }

    pub(super) fn maybe_number(self, number: Option<usize>) -> Self {
        self.numbers(number)
    }
}
