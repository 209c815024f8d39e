	.section .discard.gendwarfksyms.kabi_rules, "a", @progbits
	
	.section .note.GNU-stack,"",@progbits
