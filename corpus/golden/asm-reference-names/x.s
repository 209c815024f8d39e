# Names that look like references to types: s#a, t#'b c', e# and so on.
	.section .debug_abbrev,"",@progbits

.Labbrev0:
	.uleb128	1, 0x11	# DW_TAG_compile_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	2, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.byte	0, 0
	.uleb128	3, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	4, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	6, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	7, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	8, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	9, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	10, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	11, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.byte	0

	.section .debug_info,"",@progbits

# Unit 0: DWARF 5
.Lunit0:
	.4byte	.Lend0 - .Lversion0
.Lversion0:
	.2byte	5
	.byte	1		# DW_UT_compile
	.byte	8		# address size
	.4byte	.Labbrev0
	.uleb128	1		# DW_TAG_compile_unit
	.asciz	"unit.h"
.Lint:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
.Ls:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"a"
	.byte	12
	.uleb128	4		#     DW_TAG_member
	.asciz	"s#a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	4		#     DW_TAG_member
	.asciz	"s#nowhere"
	.4byte	.Lint - .Lunit0
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"s#"
	.4byte	.Lint - .Lunit0
	.byte	8
	.byte	0		#   end of children
.Lu:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"u#inner"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"x"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Le:
	.uleb128	5		#   DW_TAG_enumeration_type
	.asciz	"e"
	.byte	4
	.uleb128	6		#     DW_TAG_enumerator
	.asciz	"e#e"
	.byte	1
	.byte	0		#   end of children
.Lb:
	.uleb128	7		#   DW_TAG_base_type
	.asciz	"t#int t"
	.byte	4
.Lp:
	.uleb128	8		#   DW_TAG_pointer_type
	.asciz	"s#'a b'"
	.4byte	.Ls - .Lunit0
	.byte	8
	.uleb128	9		#   DW_TAG_variable
	.asciz	"v"
	.4byte	.Ls - .Lunit0
	.uleb128	9		#   DW_TAG_variable
	.asciz	"w"
	.4byte	.Lu - .Lunit0
	.uleb128	9		#   DW_TAG_variable
	.asciz	"y"
	.4byte	.Le - .Lunit0
	.uleb128	9		#   DW_TAG_variable
	.asciz	"z"
	.4byte	.Lb - .Lunit0
	.uleb128	10		#   DW_TAG_subprogram
	.asciz	"f"
	.4byte	.Lp - .Lunit0
	.uleb128	11		#     DW_TAG_formal_parameter
	.asciz	"s#a"
	.4byte	.Lp - .Lunit0
	.uleb128	11		#     DW_TAG_formal_parameter
	.asciz	"s#'open"
	.4byte	.Ls - .Lunit0
	.byte	0		#   end of children
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
