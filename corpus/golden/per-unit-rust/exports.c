/* As the kernel exports Rust's symbols: what they are is said nowhere in here. */
#define EXPORT_SYMBOL_RUST(sym) \
    extern int sym; \
    static typeof(sym) *__gendwarfksyms_ptr_##sym __attribute__((used, section(".discard.gendwarfksyms"))) = &sym; \
    asm(".pushsection .export_symbol, \"a\"\n__export_symbol_" #sym ":\n.asciz \"GPL\"\n.balign 8\n.quad " #sym "\n.popsection");

EXPORT_SYMBOL_RUST(even_visit)
EXPORT_SYMBOL_RUST(EVEN_LIMIT)
EXPORT_SYMBOL_RUST(EVEN_VISITOR)
EXPORT_SYMBOL_RUST(odd_visit)
EXPORT_SYMBOL_RUST(odd_count)
EXPORT_SYMBOL_RUST(user_visit)
EXPORT_SYMBOL_RUST(helper_lock)
/* Nothing describes this one. */
EXPORT_SYMBOL_RUST(bare_label)
