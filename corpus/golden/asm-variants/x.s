# Variant parts as Rust writes them, and in odd shapes.
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
	.uleb128	5, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	6, 0x33	# DW_TAG_variant_part
	.byte	1		# children: yes
	.uleb128	0x15, 0x13	# DW_AT_discr, DW_FORM_ref4
	.byte	0, 0
	.uleb128	7, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.uleb128	0x34, 0x19	# DW_AT_artificial, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	8, 0x19	# DW_TAG_variant
	.byte	1		# children: yes
	.uleb128	0x16, 0xb	# DW_AT_discr_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	9, 0x19	# DW_TAG_variant
	.byte	1		# children: yes
	.uleb128	0x16, 0xd	# DW_AT_discr_value, DW_FORM_sdata
	.byte	0, 0
	.uleb128	10, 0x19	# DW_TAG_variant
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	11, 0x19	# DW_TAG_variant
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	12, 0x33	# DW_TAG_variant_part
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	13, 0x33	# DW_TAG_variant_part
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	14, 0x19	# DW_TAG_variant
	.byte	1		# children: yes
	.uleb128	0x16, 0xf	# DW_AT_discr_value, DW_FORM_udata
	.byte	0, 0
	.uleb128	15, 0x19	# DW_TAG_variant
	.byte	1		# children: yes
	.uleb128	0x16, 0x1e	# DW_AT_discr_value, DW_FORM_data16
	.byte	0, 0
	.uleb128	16, 0x19	# DW_TAG_variant
	.byte	1		# children: yes
	.uleb128	0x16, 0xa	# DW_AT_discr_value, DW_FORM_block1
	.byte	0, 0
	.uleb128	17, 0x17	# DW_TAG_union_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	18, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	19, 0x33	# DW_TAG_variant_part
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	20, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	21, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	22, 0x34	# DW_TAG_variable
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
.Lu8:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"u8"
	.byte	1
	.byte	7
.Lsome:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"Some"
	.byte	8
	.uleb128	4		#     DW_TAG_member
	.asciz	"0"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
.Le1:
	.uleb128	5		#   DW_TAG_structure_type
	.asciz	"Opt"
	.byte	8
	.byte	4
	.uleb128	6		#     DW_TAG_variant_part
	.4byte	.Ldisc - .Lunit0
.Ldisc:
	.uleb128	7		#       DW_TAG_member
	.4byte	.Lu8 - .Lunit0
	.byte	1
	.byte	0
	.uleb128	8		#       DW_TAG_variant
	.byte	1
	.uleb128	4		#         DW_TAG_member
	.asciz	"Some"
	.4byte	.Lsome - .Lunit0
	.byte	0
	.byte	0		#       end of children
	.uleb128	9		#       DW_TAG_variant
	.sleb128	-1
	.uleb128	4		#         DW_TAG_member
	.asciz	"None"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	4		#         DW_TAG_member
	.asciz	"second"
	.4byte	.Lu8 - .Lunit0
	.byte	7
	.byte	0		#       end of children
	.uleb128	10		#       DW_TAG_variant
	.uleb128	4		#         DW_TAG_member
	.asciz	"Rest"
	.4byte	.Lsome - .Lunit0
	.byte	0
	.byte	0		#       end of children
	.uleb128	11		#       DW_TAG_variant
	.byte	0		#     end of children
	.byte	0		#   end of children
.Le2:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"NoVariants"
	.byte	0
	.uleb128	12		#     DW_TAG_variant_part
	.byte	0		#   end of children
.Le3:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"Two"
	.byte	16
	.uleb128	4		#     DW_TAG_member
	.asciz	"before"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	13		#     DW_TAG_variant_part
	.uleb128	10		#       DW_TAG_variant
	.uleb128	4		#         DW_TAG_member
	.asciz	"A"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#       end of children
	.byte	0		#     end of children
	.uleb128	4		#     DW_TAG_member
	.asciz	"after"
	.4byte	.Lint - .Lunit0
	.byte	8
	.uleb128	13		#     DW_TAG_variant_part
	.uleb128	14		#       DW_TAG_variant
	.uleb128	18446744073709551615
	.uleb128	4		#         DW_TAG_member
	.asciz	"B"
	.4byte	.Lint - .Lunit0
	.byte	12
	.byte	0		#       end of children
	.uleb128	15		#       DW_TAG_variant
	.octa	5
	.uleb128	4		#         DW_TAG_member
	.asciz	"C"
	.4byte	.Lint - .Lunit0
	.byte	12
	.byte	0		#       end of children
	.uleb128	16		#       DW_TAG_variant
	.byte	1
	.byte	0x1
	.uleb128	4		#         DW_TAG_member
	.asciz	"D"
	.4byte	.Lint - .Lunit0
	.byte	12
	.byte	0		#       end of children
	.byte	0		#     end of children
	.byte	0		#   end of children
.Le4:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"Nested"
	.byte	8
	.uleb128	13		#     DW_TAG_variant_part
	.uleb128	13		#       DW_TAG_variant_part
	.uleb128	10		#         DW_TAG_variant
	.uleb128	4		#           DW_TAG_member
	.asciz	"In"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#         end of children
	.byte	0		#       end of children
	.uleb128	8		#       DW_TAG_variant
	.byte	1
	.uleb128	4		#         DW_TAG_member
	.asciz	"Out"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#       end of children
	.byte	0		#     end of children
	.byte	0		#   end of children
.Le5:
	.uleb128	17		#   DW_TAG_union_type
	.asciz	"InUnion"
	.uleb128	13		#     DW_TAG_variant_part
	.uleb128	10		#       DW_TAG_variant
	.uleb128	18		#         DW_TAG_member
	.asciz	"U"
	.4byte	.Lint - .Lunit0
	.byte	0		#       end of children
	.byte	0		#     end of children
	.byte	0		#   end of children
.Le6:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"Rec"
	.byte	8
	.uleb128	19		#     DW_TAG_variant_part
	.asciz	"part name"
	.byte	4
	.byte	4
	.4byte	.Lu8 - .Lunit0
	.uleb128	8		#       DW_TAG_variant
	.byte	0
	.uleb128	20		#         DW_TAG_member
	.4byte	.Le6p - .Lunit0
	.asciz	"self"
	.byte	0
	.byte	0		#       end of children
	.byte	0		#     end of children
	.byte	0		#   end of children
.Le6p:
	.uleb128	21		#   DW_TAG_pointer_type
	.4byte	.Le6 - .Lunit0
	.byte	8
	.uleb128	22		#   DW_TAG_variable
	.asciz	"v1"
	.4byte	.Le1 - .Lunit0
	.uleb128	22		#   DW_TAG_variable
	.asciz	"v2"
	.4byte	.Le2 - .Lunit0
	.uleb128	22		#   DW_TAG_variable
	.asciz	"v3"
	.4byte	.Le3 - .Lunit0
	.uleb128	22		#   DW_TAG_variable
	.asciz	"v4"
	.4byte	.Le4 - .Lunit0
	.uleb128	22		#   DW_TAG_variable
	.asciz	"v5"
	.4byte	.Le5 - .Lunit0
	.uleb128	22		#   DW_TAG_variable
	.asciz	"v6"
	.4byte	.Le6 - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
