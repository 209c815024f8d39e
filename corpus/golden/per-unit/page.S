/* What is written in assembly has no types: kbuild takes them from a companion object. */
    .text
    .globl copy_page, copy_page_alias
    .type copy_page, @function
copy_page:
copy_page_alias:
    ret
    .size copy_page, . - copy_page
    .globl zero_page
    .type zero_page, @function
zero_page:
    ret
    .size zero_page, . - zero_page
    .pushsection .export_symbol, "a"
__export_symbol_copy_page:
    .asciz "GPL"
__export_symbol_copy_page_alias:
    .asciz "GPL"
__export_symbol_zero_page:
    .asciz "GPL"
    .popsection
    .section .note.GNU-stack, "", @progbits
