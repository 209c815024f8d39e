/* As the kernel's EXPORT_SYMBOL() names an export for gendwarfksyms. */
#define EXPORT(sym) \
	static typeof(sym) *__gendwarfksyms_ptr_##sym \
		__attribute__((used, section(".discard.gendwarfksyms"))) = &sym
