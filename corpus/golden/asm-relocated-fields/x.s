# Relocations of fields that no compiler gives one: what the relocation says counts, not what stands there.
	.section	.debug_abbrev, "", @progbits
.Labbrev:
	.uleb128	1, 0x11		# DW_TAG_compile_unit
	.byte	1
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x13, 0xb	# DW_AT_language, DW_FORM_data1
	.byte	0, 0
	.uleb128	2, 0x24		# DW_TAG_base_type
	.byte	0
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.byte	0, 0
	.uleb128	3, 0x34		# DW_TAG_variable
	.byte	0
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x2, 0x18	# DW_AT_location, DW_FORM_exprloc
	.byte	0, 0
	.uleb128	4, 0x13		# DW_TAG_structure_type
	.byte	1
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x5	# DW_AT_byte_size, DW_FORM_data2
	.uleb128	0x1, 0x13	# DW_AT_sibling, DW_FORM_ref4
	.byte	0, 0
	.uleb128	5, 0xd		# DW_TAG_member
	.byte	0
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0x6	# DW_AT_data_member_location, DW_FORM_data4
	.byte	0, 0
	.uleb128	6, 0x28		# DW_TAG_enumerator
	.byte	0
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x7	# DW_AT_const_value, DW_FORM_data8
	.byte	0, 0
	.uleb128	7, 0x4		# DW_TAG_enumeration_type
	.byte	1
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.byte	0
	.section	.debug_info, "", @progbits
.Lunit:
	.4byte	.Lend - .Lversion
.Lversion:
	.2byte	9			# relocated: 5
	.byte	77			# relocated: DW_UT_compile
	.byte	5			# relocated: 8
	.4byte	.Labbrev
	.uleb128	1
	.asciz	"x.c"
	.byte	12
.Lint:
	.uleb128	2
	.asciz	"int"
	.byte	4, 5
.Llong:
	.byte	2
	.asciz	"long"
.Lsize:
	.byte	4			# relocated: 8
	.byte	5
.Lenum:
	.uleb128	7
	.asciz	"e"
	.byte	4
	.uleb128	6
	.asciz	"A"
.Lvalue:
	.8byte	1			# relocated: -2
	.byte	0
.Lstruct:
	.uleb128	4
	.asciz	"s"
.Lwide:
	.2byte	1			# relocated: 24
.Lsibling:
	.4byte	0			# relocated: .Lbehind
	.uleb128	5
	.asciz	"a"
	.4byte	.Lint - .Lunit
.Lfirst:
	.4byte	4			# relocated: 0
.Lcode:
	.byte	6			# relocated: 5
	.asciz	"b"
	.4byte	.Llong - .Lunit
.Lsecond:
	.4byte	0			# relocated: 8
	.uleb128	5
	.asciz	"c"
.Lmember:
	.4byte	.Lint - .Lunit		# relocated: .Lenum
	.4byte	16
	.byte	0
.Lbehind:
	.uleb128	3
	.asciz	"foo"
.Lfoo:
	.4byte	.Lint - .Lunit		# relocated: .Lstruct
	.byte	9, 3
	.8byte	var			# in an expression
	.uleb128	3
	.asciz	"bar"
	.4byte	.Llong - .Lunit
	.byte	9, 3
	.8byte	var
	.byte	0
.Lend:
	.reloc	.Lversion - .Lunit, R_X86_64_16, 5
	.reloc	.Lversion + 2 - .Lunit, R_X86_64_8, 1
	.reloc	.Lversion + 3 - .Lunit, R_X86_64_8, 8
	.reloc	.Lsize - .Lunit, R_X86_64_8, 8
	.reloc	.Lvalue - .Lunit, R_X86_64_64, -2
	.reloc	.Lwide - .Lunit, R_X86_64_16, 24
	.reloc	.Lsibling - .Lunit, R_X86_64_32, .debug_info + (.Lbehind - .Lunit)
	.reloc	.Lfirst - .Lunit, R_X86_64_32, 0
	.reloc	.Lcode - .Lunit, R_X86_64_8, 5
	.reloc	.Lsecond - .Lunit, R_X86_64_32, 8
	.reloc	.Lmember - .Lunit, R_X86_64_32, .debug_info + (.Lenum - .Lunit)
	.reloc	.Lfoo - .Lunit, R_X86_64_32, .debug_info + (.Lstruct - .Lunit)
	.data
	.globl	foo
	.globl	bar
foo:
var:
	.8byte	0
bar:
	.8byte	0
