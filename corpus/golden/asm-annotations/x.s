# DW_TAG_LLVM_annotation, which clang makes of btf_decl_tag and btf_type_tag, wherever it can be.
	.section	.debug_abbrev, "", @progbits
.Labbrev:
	.uleb128	1, 0x11		# DW_TAG_compile_unit
	.byte	1
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	2, 0x24		# DW_TAG_base_type
	.byte	0
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	3, 0x6000	# DW_TAG_LLVM_annotation
	.byte	0
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x8	# DW_AT_const_value, DW_FORM_string
	.byte	0, 0
	.uleb128	4, 0x13		# DW_TAG_structure_type
	.byte	1
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	5, 0xd		# DW_TAG_member
	.byte	1
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	6, 0xf		# DW_TAG_pointer_type
	.byte	1
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	7, 0x16		# DW_TAG_typedef
	.byte	1
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	8, 0x2e		# DW_TAG_subprogram
	.byte	1
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	9, 0x5		# DW_TAG_formal_parameter
	.byte	1
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	10, 0x17	# DW_TAG_union_type
	.byte	1
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	11, 0x4		# DW_TAG_enumeration_type
	.byte	1
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	12, 0x28	# DW_TAG_enumerator
	.byte	0
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.byte	0
	.macro	note what
	.uleb128	3
	.asciz	"btf_decl_tag"
	.asciz	"\what"
	.endm
	.section	.debug_info, "", @progbits
.Lunit:
	.4byte	.Lend - .Lversion
.Lversion:
	.2byte	5
	.byte	1, 8
	.4byte	.Labbrev
	.uleb128	1
	.asciz	"x.c"
.Lint:
	.uleb128	2
	.asciz	"int"
	.byte	4
.Lpointer:
	.uleb128	6
	.4byte	.Lint - .Lunit
	note	user
	.byte	0
.Lenum:
	.uleb128	11
	.asciz	"e"
	note	first
	.uleb128	12
	.asciz	"A"
	.byte	1
	note	last
	.byte	0
.Lunion:
	.uleb128	10
	.asciz	"u"
	.uleb128	5
	.asciz	"i"
	.4byte	.Lint - .Lunit
	note	member
	.byte	0
	note	whole
	.byte	0
.Lstruct:
	.uleb128	4
	.asciz	"s"
	note	before
	.uleb128	5
	.asciz	"p"
	.4byte	.Lpointer - .Lunit
	note	member
	.byte	0
	note	between
	.uleb128	5
	.asciz	"e"
	.4byte	.Lenum - .Lunit
	.byte	0
	.uleb128	5
	.asciz	"u"
	.4byte	.Lunion - .Lunit
	.byte	0
	note	behind
	.byte	0
.Ltypedef:
	.uleb128	7
	.asciz	"s_t"
	.4byte	.Lstruct - .Lunit
	note	name
	.byte	0
	.uleb128	8
	.asciz	"f"
	.4byte	.Lint - .Lunit
	note	function
	.uleb128	9
	.asciz	"s"
	.4byte	.Ltypedef - .Lunit
	note	parameter
	.byte	0
	.byte	0
	.byte	0
.Lend:
	.text
	.globl	f
f:
	ret
