//! Calls between the cutter's files go through the table of functions. Where files were joined they become direct calls.

use anyhow::Result;
use std::collections::BTreeMap;
use wasm_encoder::{CodeSection, Function, Instruction, Module, RawSection};
use wasmparser::{ConstExpr, Element, ElementItems, ElementKind, FunctionBody, Operator, Parser, Payload, TypeRef};

/// Rewrites the functions that only call another by its place in the table, where this module fills that place: nobody fills it again.
pub fn direct(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut types = Vec::new();
    let mut table = BTreeMap::new();
    let mut module = Module::new();
    let mut code = CodeSection::new();
    let mut functions = 0;
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        match &payload {
            Payload::ImportSection(section) => {
                for import in section.clone().into_imports() {
                    if let TypeRef::Func(kind) = import?.ty {
                        types.push(kind);
                    }
                }
            }
            Payload::FunctionSection(section) => {
                for kind in section.clone() {
                    types.push(kind?);
                }
            }
            Payload::ElementSection(section) => {
                for element in section.clone() {
                    fill(&mut table, element?)?;
                }
            }
            Payload::CodeSectionStart { count, .. } => {
                functions = *count;
                continue;
            }
            Payload::CodeSectionEntry(body) => {
                let shim = Shim::read(body)?;
                let target = shim.as_ref().and_then(|shim| table.get(&shim.place).copied());
                match (shim, target) {
                    (Some(shim), Some(target)) if types.get(usize::try_from(target)?) == Some(&shim.kind) => {
                        code.function(&shim.calling(target));
                    }
                    _ => {
                        code.raw(body.as_bytes());
                    }
                }
                if code.len() == functions {
                    module.section(&code);
                }
                continue;
            }
            _ => {}
        }
        if let Some((id, range)) = payload.as_section() {
            let data = &bytes[usize::try_from(range.start)?..usize::try_from(range.end)?];
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

/// Notes which function stands where in the table.
fn fill(table: &mut BTreeMap<u32, u32>, element: Element) -> Result<()> {
    let ElementItems::Functions(functions) = element.items else {
        return Ok(());
    };
    let ElementKind::Active {
        offset_expr,
        table_index: None | Some(0),
    } = element.kind
    else {
        return Ok(());
    };
    let Some(start) = constant(&offset_expr)? else { return Ok(()) };
    for (place, function) in (start..).zip(functions) {
        table.insert(place, function?);
    }
    Ok(())
}

fn constant(expression: &ConstExpr) -> Result<Option<u32>> {
    let mut operators = expression.get_operators_reader();
    let Operator::I32Const { value } = operators.read()? else {
        return Ok(None);
    };
    Ok(matches!(operators.read()?, Operator::End).then_some(value.cast_unsigned()))
}

/// A function that hands what it is given to another one.
struct Shim {
    parameters: u32,
    /// Where the other one is in the table.
    place: u32,
    kind: u32,
}

impl Shim {
    fn read(body: &FunctionBody) -> Result<Option<Self>> {
        let mut operators = body.get_operators_reader()?;
        let mut parameters = 0;
        let place = loop {
            match operators.read()? {
                Operator::LocalGet { local_index } if local_index == parameters => parameters += 1,
                Operator::I32Const { value } => break value.cast_unsigned(),
                _ => return Ok(None),
            }
        };
        let Operator::CallIndirect {
            type_index: kind,
            table_index: 0,
        } = operators.read()?
        else {
            return Ok(None);
        };
        Ok(matches!(operators.read()?, Operator::End).then_some(Self { parameters, place, kind }))
    }

    fn calling(&self, function: u32) -> Function {
        let mut body = Function::new([]);
        for parameter in 0..self.parameters {
            body.instruction(&Instruction::LocalGet(parameter));
        }
        body.instruction(&Instruction::Call(function));
        body.instruction(&Instruction::End);
        body
    }
}

#[cfg(test)]
mod tests {
    use super::direct;
    use std::borrow::Cow;
    use wasm_encoder::{
        CodeSection, ConstExpr, ElementSection, Elements, Function, FunctionSection, Instruction, Module, RefType, TableSection, TableType,
        TypeSection, ValType,
    };

    /// Function 0 stands at place 4; function 1 does what it is told.
    fn module(second: &[Instruction]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32], []);
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        functions.function(0).function(0);
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 9,
            maximum: None,
            shared: false,
        });
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(4), Elements::Functions(Cow::Borrowed(&[0])));
        let mut code = CodeSection::new();
        for body in [&[Instruction::End], second] {
            let mut function = Function::new([]);
            for instruction in body {
                function.instruction(instruction);
            }
            code.function(&function);
        }
        let mut module = Module::new();
        module
            .section(&types)
            .section(&functions)
            .section(&tables)
            .section(&elements)
            .section(&code);
        module.finish()
    }

    fn calls(place: i32, type_index: u32) -> Vec<u8> {
        module(&[
            Instruction::LocalGet(0),
            Instruction::I32Const(place),
            Instruction::CallIndirect {
                type_index,
                table_index: 0,
            },
            Instruction::End,
        ])
    }

    #[test]
    fn only_what_this_module_puts_into_the_table_is_called_directly() -> anyhow::Result<()> {
        let expected = module(&[Instruction::LocalGet(0), Instruction::Call(0), Instruction::End]);
        assert_eq!(direct(&calls(4, 0))?, expected);
        for other in [calls(3, 0), calls(5, 0), calls(4, 1), module(&[Instruction::Nop, Instruction::End])] {
            assert_eq!(direct(&other)?, other);
        }
        Ok(())
    }
}
