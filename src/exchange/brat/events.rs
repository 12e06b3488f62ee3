//! Events and equivalences, which brat has beside relations: relations here.
//!
//! An event is its trigger, with a relation to each of its arguments, called as the role. A trigger that several events have, or that is of
//! another type, is repeated for the event: what is said of one event is not said of another.

use std::collections::{BTreeMap, BTreeSet};

use crate::exchange::{Aim, Item, Refusal, Spot};

/// A line such as `E1⇥Attack:T4 Victim:T1 Place:T2`.
#[derive(Debug)]
pub(super) struct Event {
    spot: Spot,
    id: String,
    slug: String,
    trigger: String,
    /// Roles, and who has them.
    arguments: Vec<(String, String)>,
}

impl Event {
    /// The event `id` of which `rest` tells.
    pub(super) fn of(spot: &Spot, id: &str, rest: &str) -> Result<Self, String> {
        let part = |part: &str| part.split_once(':').map(|(name, id)| (name.to_owned(), id.to_owned()));
        let mut parts = rest.split_whitespace().map(part);
        let (slug, trigger) = parts.next().flatten().ok_or("expected a trigger, as in Attack:T1")?;
        let arguments = parts.collect::<Option<Vec<_>>>().ok_or("expected arguments, as in Victim:T2")?;
        Ok(Self { spot: spot.clone(), id: id.to_owned(), slug, trigger, arguments })
    }

    /// The role without the number that tells arguments of one role apart.
    fn role<'r>(&self, role: &'r str) -> &'r str {
        let own = role.trim_end_matches(|c: char| c.is_ascii_digit());
        if self.arguments.iter().any(|(other, _)| *other == own) { own } else { role }
    }
}

/// Relations from each of the equivalents in `rest` to the next.
pub(super) fn equivalents(spot: &Spot, name: impl Fn(&str) -> String, rest: &str) -> Result<Vec<Item>, String> {
    let all: Vec<&str> = rest.split_whitespace().collect();
    let Some((slug, all)) = all.split_first().filter(|(_, all)| all.len() > 1) else {
        return Err("expected two equivalents or more, as in Equiv T1 T2".to_owned());
    };
    Ok(all.windows(2).map(|two| relation(spot, name(slug), two[0], two[1])).collect())
}

fn relation(spot: &Spot, label: String, from: &str, to: &str) -> Item {
    let target = Aim::Relation { from: from.to_owned(), to: to.to_owned() };
    Item { spot: spot.clone(), label: Some(label), target, ..Item::default() }
}

/// Puts `events` among `items`, each with its place by its id in `places`; `name` is what a type is called.
pub(super) fn take(
    events: &[Event],
    name: impl Fn(&str) -> String,
    items: &mut Vec<Item>,
    places: &mut BTreeMap<String, usize>,
) -> Vec<Refusal> {
    let (mut refusals, mut triggers) = (Vec::new(), BTreeSet::new());
    let mut taken = Vec::with_capacity(events.len());
    for own in events {
        let Some(place) = places.get(&own.trigger).copied() else {
            refusals.push(own.spot.refuse(format!("its trigger {} is not there", own.trigger)));
            continue;
        };
        if places.contains_key(&own.id) {
            refusals.push(own.spot.refuse(format!("there is another {} before", own.id)));
            continue;
        }
        let layer = Some(name(&own.slug));
        let is_it = items[place].layer == layer && triggers.insert(&own.trigger);
        let place = if is_it {
            place
        } else {
            let trigger = &items[place];
            let (spot, id) = (own.spot.clone(), own.id.clone());
            let repeated = Item { spot, id, layer, target: trigger.target.clone(), ..Item::default() };
            items.push(repeated);
            items.len() - 1
        };
        places.insert(own.id.clone(), place);
        taken.push(own);
    }
    for own in taken {
        let arguments = own.arguments.iter();
        items.extend(arguments.map(|(role, to)| relation(&own.spot, name(own.role(role)), &own.id, to)));
    }
    // Others know an event by its id, which may be that of its trigger.
    let id = |end: &str| places.get(end).map(|place| items[*place].id.clone());
    let ends = items.iter().map(|own| match &own.target {
        Aim::Relation { from, to } => (id(from), id(to)),
        Aim::Text { .. } | Aim::Document => (None, None),
    });
    let ends: Vec<_> = ends.collect();
    for (own, (origin, goal)) in items.iter_mut().zip(ends) {
        if let Aim::Relation { from, to } = &mut own.target {
            *from = origin.unwrap_or_else(|| std::mem::take(from));
            *to = goal.unwrap_or_else(|| std::mem::take(to));
        }
    }
    refusals
}
