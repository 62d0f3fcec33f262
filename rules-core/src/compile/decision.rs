//! Decisions, tables, triggers, parameters and readings.

use std::sync::Arc;

use super::expression::{Compiler, Named};
use crate::model;
use crate::program::{
    Alternative, Cell, Decision, GroupRule, InForce, Interim, Logic, Node, Parameter, ParameterPeriod, Piece, Reading,
    Reads, Reference, Row, State, Table, Template, Templates, Trigger,
};
use crate::texts::{Part, StateTexts, Texts, parts};
use crate::value::order::sort_by;

impl Compiler<'_> {
    pub(super) fn decision(&mut self, number: u32, decision: &model::Decision) -> Decision {
        let mut reads = Reads::default();
        let logic = self.logic(number, &decision.logic, &mut reads);
        let in_force = self.in_force(decision.in_force.as_ref(), &mut reads);
        let applies_when = decision.applies_when.as_ref().map(|formula| self.formula_into(formula, &mut reads));
        Decision {
            name: decision.name.clone(),
            title: decision.title.clone(),
            unit: decision.unit.clone(),
            logic,
            declared_type: decision.declared_type.clone(),
            citations: decision.citations.clone(),
            in_force,
            applies_when,
            texts: self.templates(&decision.texts),
            citizen_texts: self.templates(&decision.citizen_texts),
            reads,
        }
    }

    fn logic(&mut self, number: u32, logic: &model::Logic, reads: &mut Reads) -> Logic {
        match logic {
            model::Logic::Criterion(formula) => Logic::Criterion(self.formula_into(formula, reads)),
            model::Logic::Expression(formula) => Logic::Expression(self.formula_into(formula, reads)),
            model::Logic::Group { rule, members } => {
                let rule = match rule {
                    model::GroupRule::All => GroupRule::All,
                    model::GroupRule::Any => GroupRule::Any,
                    model::GroupRule::AtLeast(count) => GroupRule::AtLeast(*count),
                };
                let members = members.iter().map(|member| self.formula_into(member, reads)).collect();
                Logic::Group { rule, members }
            }
            model::Logic::Table(table) => Logic::Table(self.table(table, reads)),
            model::Logic::Triggers(triggers) => {
                let mut triggers: Vec<Trigger> = triggers.iter().map(|trigger| self.trigger(trigger, reads)).collect();
                sort_by(&mut triggers, |left, right| left.priority.cmp(&right.priority));
                Logic::Triggers(triggers)
            }
            model::Logic::Function(_) => {
                let known = self.functions.get(&number).cloned();
                let (_, read) = known.unwrap_or_else(|| self.compile_function(number));
                reads.add(&read);
                Logic::Function
            }
        }
    }

    fn table(&mut self, table: &model::DecisionTable, reads: &mut Reads) -> Table {
        let inputs = table.inputs.iter().map(|input| self.formula_into(input, reads)).collect();
        let rows = table.rules.iter().map(|rule| self.row(rule, reads)).collect();
        let default = table.default.as_ref().map(|results| self.formulas(results, reads));
        let ranking = table.ranking.clone();
        Table { hit_policy: table.hit_policy, inputs, outputs: table.outputs.clone().into(), rows, default, ranking }
    }

    fn formulas(&mut self, formulas: &[model::Formula], reads: &mut Reads) -> Vec<Node> {
        formulas.iter().map(|formula| self.formula_into(formula, reads)).collect()
    }

    fn row(&mut self, rule: &model::Rule, reads: &mut Reads) -> Row {
        let mut cells = Vec::new();
        for (input, cell) in (0_u32..).zip(&rule.cells) {
            let model::Cell::Tests(formula) = cell else { continue };
            self.reads = Reads::default();
            let (negated, tests) = self.tests(std::slice::from_ref(&formula.expr));
            reads.add(&std::mem::take(&mut self.reads));
            cells.push(Cell { input, negated, tests });
        }
        Row {
            cells,
            results: self.formulas(&rule.results, reads),
            citations: rule.citations.clone(),
            in_force: self.in_force(rule.in_force.as_ref(), reads),
        }
    }

    fn trigger(&mut self, trigger: &model::Trigger, reads: &mut Reads) -> Trigger {
        let (mut when_reads, mut deadline_reads) = (Reads::default(), Reads::default());
        let when = self.formula_into(&trigger.when, &mut when_reads);
        let deadline = trigger.deadline.as_ref().map(|deadline| self.formula_into(deadline, &mut deadline_reads));
        let interim = trigger.while_cannot_tell.as_ref().map(|interim| Interim {
            action: self.sentences(&interim.action),
            citizen_action: self.sentences(&interim.citizen_action),
            deadline: interim.deadline.as_ref().map(|deadline| self.formula_into(deadline, &mut deadline_reads)),
            citations: interim.citations.clone(),
        });
        reads.add(&when_reads);
        reads.add(&deadline_reads);
        Trigger {
            name: trigger.name.clone(),
            when,
            action: self.sentences(&trigger.action),
            citizen_action: self.sentences(&trigger.citizen_action),
            priority: trigger.priority,
            deadline,
            when_reads,
            deadline_reads,
            citations: trigger.citations.clone(),
            interim,
        }
    }

    /// When something holds; without a basis the date of the decision says so.
    pub(super) fn in_force(
        &mut self,
        applicability: Option<&model::Applicability>,
        reads: &mut Reads,
    ) -> Option<InForce> {
        let applicability = applicability?;
        let basis = applicability.basis.as_ref().map_or(Node::AsOf, |basis| self.formula_into(basis, reads));
        Some(InForce { period: applicability.period, basis })
    }

    pub(super) fn parameter(&mut self, parameter: &model::Parameter) -> Parameter {
        let (basis, reads) = self.formula(&parameter.basis);
        let periods = parameter.values.iter().map(|value| ParameterPeriod {
            period: value.period,
            value: value.value.clone(),
            citation: value.citation.clone(),
        });
        Parameter {
            name: parameter.name.clone(),
            title: parameter.title.clone(),
            basis,
            unit: parameter.unit.clone(),
            periods: periods.collect(),
            reads,
            is_calendar: parameter.is_calendar,
        }
    }

    pub(super) fn reading(&mut self, reading: &model::Reading) -> Reading {
        let mut reads = Reads::default();
        let alternatives = reading.alternatives.iter().map(|alternative| Alternative {
            name: alternative.name.clone(),
            value: self.formula_into(&alternative.formula, &mut reads),
            text: alternative.text.clone(),
            citations: alternative.citations.clone(),
        });
        let alternatives = alternatives.collect();
        Reading {
            name: reading.name.clone(),
            question: reading.question.clone(),
            citations: reading.citations.clone(),
            alternatives,
            reads,
        }
    }

    /// The sentences of a decision, split at their placeholders.
    fn templates(&self, texts: &StateTexts) -> Templates {
        let of_state = |(words, texts, _): &(Arc<str>, Texts, String)| {
            let state = State::from_words(words)?;
            Some((state, self.sentences(texts)))
        };
        Templates(texts.iter().filter_map(of_state).collect())
    }

    /// A sentence in each of its languages, split at its placeholders.
    fn sentences(&self, texts: &Texts) -> Vec<Template> {
        let template = |(language, sentence): &(Arc<str>, Arc<str>)| Template {
            language: language.clone(),
            pieces: parts(sentence).into_iter().map(|part| self.piece(part)).collect(),
        };
        texts.0.iter().map(template).collect()
    }

    fn piece(&self, part: Part<'_>) -> Piece {
        match part {
            Part::Words(words) => Piece::Words(Arc::from(words)),
            Part::Placeholder(name, _) => match self.reference(name) {
                Some(reference) => Piece::Value(reference),
                None => Piece::Words(Arc::from(format!("{{{name}}}"))),
            },
        }
    }

    /// What a placeholder names: a name of the pack, or a field of an object of facts.
    fn reference(&self, name: &str) -> Option<Reference> {
        if let Some(named) = self.names.get(name) {
            return match *named {
                Named::AsOf => Some(Reference::AsOf),
                Named::Fact(fact) => Some(Reference::Fact(fact)),
                Named::Parameter(parameter) => Some(Reference::Parameter(parameter)),
                Named::Reading(reading) => Some(Reference::Reading(reading)),
                Named::Decision(decision) => Some(Reference::Decision(decision)),
                Named::Function(_) => None,
            };
        }
        let found = (0..).zip(&self.schema.facts).find(|(_, fact)| *fact.name == *name && !fact.in_list);
        found.map(|(fact, _)| Reference::Fact(fact))
    }
}
