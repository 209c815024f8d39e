	.section .discard.gendwarfksyms.kabi_rules, "a", @progbits
	.ascii "1\0declonly\0a_target\0"
	.section .note.GNU-stack,"",@progbits
