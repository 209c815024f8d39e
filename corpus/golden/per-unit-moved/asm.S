	.text
	.globl asm_count
	.type asm_count,@function
asm_count:
	ret
	.size asm_count,.-asm_count
	.data
	.globl asm_store
	.type asm_store,@object
asm_store:
	.quad 0
	.size asm_store,8
	.section .note.GNU-stack,"",@progbits
