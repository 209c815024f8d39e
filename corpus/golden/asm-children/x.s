# Children that are passed over in structures, unions, classes, enumerations, variants.
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
	.uleb128	4, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	6, 0x2	# DW_TAG_class_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	7, 0x17	# DW_TAG_union_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	8, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	9, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	10, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	11, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	12, 0x2f	# DW_TAG_template_type_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	13, 0x17	# DW_TAG_union_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	14, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	15, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	16, 0x2e	# DW_TAG_subprogram
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	17, 0x2	# DW_TAG_class_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	18, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.uleb128	0x32, 0xb	# DW_AT_accessibility, DW_FORM_data1
	.byte	0, 0
	.uleb128	19, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
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
	.asciz	"s"
	.byte	5
.Ln1:
	.uleb128	4		#     DW_TAG_structure_type
	.asciz	"n1"
	.byte	1
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
.Ln2:
	.uleb128	6		#     DW_TAG_class_type
	.asciz	"n2"
.Ln3:
	.uleb128	7		#     DW_TAG_union_type
	.asciz	"n3"
.Ln4:
	.uleb128	8		#     DW_TAG_enumeration_type
	.asciz	"n4"
	.uleb128	9		#       DW_TAG_enumerator
	.asciz	"E"
	.byte	1
	.byte	0		#     end of children
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Ln1 - .Lunit0
	.byte	4
	.uleb128	10		#     DW_TAG_subprogram
	.asciz	"method"
	.uleb128	11		#       DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.byte	0		#     end of children
	.uleb128	12		#     DW_TAG_template_type_parameter
	.asciz	"T"
	.4byte	.Lint - .Lunit0
	.byte	0		#   end of children
.Lu:
	.uleb128	13		#   DW_TAG_union_type
	.asciz	"u"
	.uleb128	14		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
.Ln5:
	.uleb128	15		#     DW_TAG_structure_type
	.asciz	"n5"
	.uleb128	16		#     DW_TAG_subprogram
	.asciz	"m"
	.uleb128	12		#     DW_TAG_template_type_parameter
	.asciz	"T"
	.4byte	.Lint - .Lunit0
	.uleb128	14		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Ln5 - .Lunit0
	.byte	0		#   end of children
.Lc:
	.uleb128	17		#   DW_TAG_class_type
	.asciz	"c"
	.byte	8
	.uleb128	14		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.uleb128	16		#     DW_TAG_subprogram
	.asciz	"m"
	.uleb128	18		#     DW_TAG_member
	.asciz	"c"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	3
	.byte	0		#   end of children
.Le:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"e"
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"A"
	.byte	0
	.byte	0		#   end of children
	.uleb128	19		#   DW_TAG_variable
	.asciz	"vs"
	.4byte	.Ls - .Lunit0
	.uleb128	19		#   DW_TAG_variable
	.asciz	"vu"
	.4byte	.Lu - .Lunit0
	.uleb128	19		#   DW_TAG_variable
	.asciz	"vc"
	.4byte	.Lc - .Lunit0
	.uleb128	19		#   DW_TAG_variable
	.asciz	"ve"
	.4byte	.Le - .Lunit0
	.uleb128	19		#   DW_TAG_variable
	.asciz	"vn1"
	.4byte	.Ln1 - .Lunit0
	.uleb128	19		#   DW_TAG_variable
	.asciz	"vn2"
	.4byte	.Ln2 - .Lunit0
	.uleb128	19		#   DW_TAG_variable
	.asciz	"vn3"
	.4byte	.Ln3 - .Lunit0
	.uleb128	19		#   DW_TAG_variable
	.asciz	"vn4"
	.4byte	.Ln4 - .Lunit0
	.uleb128	19		#   DW_TAG_variable
	.asciz	"vn5"
	.4byte	.Ln5 - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
