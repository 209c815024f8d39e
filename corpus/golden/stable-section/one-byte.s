	.section .discard.gendwarfksyms.kabi_rules, "a", @progbits
	.byte 0
	.section .note.GNU-stack,"",@progbits
