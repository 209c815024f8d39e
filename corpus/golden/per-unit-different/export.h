/* As the kernel exports a symbol: a label, and a pointer whose type is the symbol's. PLAIN has no pointers. */
#ifdef KSYMTAB
#define LABEL(sym) "__ksymtab_" #sym
#else
#define LABEL(sym) "__export_symbol_" #sym
#endif
#ifdef PLAIN
#define POINTER(sym)
#else
#define POINTER(sym) \
    static typeof(sym) *__gendwarfksyms_ptr_##sym __attribute__((used, section(".discard.gendwarfksyms"))) = &sym;
#endif
#define EXPORT_SYMBOL(sym) \
    POINTER(sym) \
    asm(".pushsection .export_symbol, \"a\"\n" LABEL(sym) ":\n.asciz \"GPL\"\n.balign 8\n.quad " #sym "\n.popsection");
