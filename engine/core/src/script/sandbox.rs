//! The interpreter with which scripts are read and run, with everything dangerous left out.
//!
//! It starts from nothing and is given only what a rule needs: no files, no clock, no printing, no
//! code made at run time, no floats, no closures over variables. The optimizer is off: what is
//! checked is what runs.

use std::sync::{Arc, LazyLock};

use rhai::module_resolvers::StaticModuleResolver;
use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicIteratorPackage, BasicMapPackage,
    BasicStringPackage, LogicPackage, MoreStringPackage, Package,
};
use rhai::{Engine, Module, OptimizationLevel};

use super::value::Date;
use super::{functions, limits, operators};

/// Words that Rhai itself would obey. The lint refuses them with a reason; this makes sure.
const DISABLED: [&str; 14] = [
    "eval",
    "Fn",
    "call",
    "curry",
    "print",
    "debug",
    "while",
    "loop",
    "do",
    "try",
    "switch",
    "is_def_var",
    "is_def_fn",
    "type_of",
];

/// What every interpreter knows, built once: it is most of what making one costs.
static SYSTEM: LazyLock<[Arc<Module>; 9]> = LazyLock::new(|| {
    [
        ArithmeticPackage::new().as_shared_module(),
        LogicPackage::new().as_shared_module(),
        BasicStringPackage::new().as_shared_module(),
        MoreStringPackage::new().as_shared_module(),
        BasicIteratorPackage::new().as_shared_module(),
        BasicArrayPackage::new().as_shared_module(),
        BasicMapPackage::new().as_shared_module(),
        // What is registered later is found first.
        operators::module().into(),
        functions::module().into(),
    ]
});

/// Makes the interpreter that runs checked scripts.
pub(super) fn engine(helpers: StaticModuleResolver) -> Engine {
    let mut engine = reader();
    engine.set_module_resolver(helpers);
    for word in DISABLED {
        engine.disable_symbol(word);
    }
    engine
}

/// Makes the interpreter that only reads: it parses forbidden words too, so that the lint can
/// report all of them at once.
pub(super) fn reader() -> Engine {
    let mut engine = Engine::new_raw();
    for module in SYSTEM.iter() {
        engine.register_global_module(Arc::clone(module));
    }
    engine.register_type_with_name::<Date>("date");
    operators::refuse_unlike_comparisons(&mut engine);
    // With fast operators on, Rhai would pass by the operators registered above.
    engine.set_fast_operators(false);
    engine.set_optimization_level(OptimizationLevel::None);
    engine.set_strict_variables(true);
    engine.set_allow_shadowing(false);
    engine.set_fail_on_invalid_map_property(true);
    // A busy interner makes threads sleep.
    engine.set_max_strings_interned(0);
    limit(&mut engine);
    engine
}

/// Were Rhai built without its checks, these methods would not exist and this would not compile.
fn limit(engine: &mut Engine) {
    engine
        .set_max_operations(limits::OPERATIONS)
        .set_max_call_levels(limits::CALL_LEVELS)
        .set_max_expr_depths(limits::EXPRESSION_DEPTH, limits::FUNCTION_EXPRESSION_DEPTH)
        .set_max_string_size(limits::TEXT_BYTES)
        .set_max_array_size(limits::LIST_ITEMS)
        .set_max_map_size(limits::OBJECT_ENTRIES)
        .set_max_variables(limits::VARIABLES)
        .set_max_functions(limits::FUNCTIONS)
        .set_max_modules(limits::MODULES);
}
