	.section .discard.gendwarfksyms.kabi_rules, "a", @progbits
	.ascii "1\0declonly\0s\0\0"
	.skip 1
	.section .note.GNU-stack,"",@progbits
