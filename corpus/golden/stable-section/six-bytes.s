	.section .discard.gendwarfksyms.kabi_rules, "a", @progbits
	.ascii "1\0\0\0x\0"
	.section .note.GNU-stack,"",@progbits
