	.section .discard.gendwarfksyms.kabi_rules, "a", @progbits
	.ascii "1\0declonly\0s\0x"
	.section .note.GNU-stack,"",@progbits
