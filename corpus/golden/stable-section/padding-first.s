	.section .discard.gendwarfksyms.kabi_rules, "a", @progbits
	.skip 8
	.ascii "1\0declonly\0s\0\0"
	.section .note.GNU-stack,"",@progbits
