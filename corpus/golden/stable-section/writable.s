	.section .discard.gendwarfksyms.kabi_rules, "aw", @progbits
	.ascii "1\0declonly\0s\0\0"
	.section .note.GNU-stack,"",@progbits
