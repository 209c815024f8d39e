# What few compilers write, in two ways: each symbol's description differs in one place.
	.ifdef OTHER
	.set A, 2
	.else
	.set A, 1
	.endif
	.section .debug_abbrev,"",@progbits
.Labbrev0:
	.uleb128	1, 0x11	# DW_TAG_compile_unit
	.byte	1		# children: yes
	.uleb128	0x13, 0xb	# DW_AT_language, DW_FORM_data1
	.byte	0, 0
	.uleb128	2, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.byte	0, 0
	.uleb128	3, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	4, 0x2e	# DW_TAG_subprogram
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x27, 0x19	# DW_AT_prototyped, DW_FORM_flag_present
	.uleb128	0x36, 0xb	# DW_AT_calling_convention, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0xd, 0xb	# DW_AT_bit_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	6, 0x1	# DW_TAG_array_type
	.byte	1		# children: yes
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	7, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0xb	# DW_AT_count, DW_FORM_data1
	.uleb128	0x51, 0xb	# DW_AT_byte_stride, DW_FORM_data1
	.byte	0, 0
	.uleb128	8, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	9, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	10, 0x33	# DW_TAG_variant_part
	.byte	1		# children: yes
	.uleb128	0x15, 0x13	# DW_AT_discr, DW_FORM_ref4
	.byte	0, 0
	.uleb128	11, 0x33	# DW_TAG_variant_part
	.byte	1		# children: yes
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	12, 0x19	# DW_TAG_variant
	.byte	1		# children: yes
	.uleb128	0x3d, 0xa	# DW_AT_discr_list, DW_FORM_block1
	.byte	0, 0
	.uleb128	13, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0x18	# DW_AT_data_member_location, DW_FORM_exprloc
	.byte	0, 0
	.uleb128	14, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	15, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x1e	# DW_AT_const_value, DW_FORM_data16
	.byte	0, 0
	.byte	0

	.section .debug_info,"",@progbits
.Lunit0:
	.4byte	.Lend0 - .Lversion0
.Lversion0:
	.2byte	5
	.byte	1		# DW_UT_compile
	.byte	8		# address size
	.4byte	.Labbrev0
	.uleb128	1		# DW_TAG_compile_unit
	.byte	0x1d		# DW_LANG_C11
.Lint:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4, 5
.Lchar:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"char"
	.byte	1, 6
	.uleb128	4		#   DW_TAG_subprogram
	.asciz	"convention"
	.byte	A		# DW_CC_normal, DW_CC_program
.Lbits:
	.uleb128	5		#   DW_TAG_base_type
	.asciz	"_BitInt"
	.byte	4, 16 + A
	.uleb128	3		#   DW_TAG_variable
	.asciz	"bits"
	.4byte	.Lbits - .Lunit0
.Larray:
	.uleb128	6		#   DW_TAG_array_type
	.4byte	.Lchar - .Lunit0
	.uleb128	7		#     DW_TAG_subrange_type
	.byte	4, 4 * A
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"stride"
	.4byte	.Larray - .Lunit0
.Lvariants:
	.uleb128	8		#   DW_TAG_structure_type
.Lone:
	.uleb128	9		#     DW_TAG_member
	.asciz	"one"
	.4byte	.Lchar - .Lunit0
	.byte	0
.Ltwo:
	.uleb128	9		#     DW_TAG_member
	.asciz	"two"
	.4byte	.Lchar - .Lunit0
	.byte	1
	.uleb128	10		#     DW_TAG_variant_part
	.ifdef OTHER
	.4byte	.Ltwo - .Lunit0
	.else
	.4byte	.Lone - .Lunit0
	.endif
	.byte	0		#     end of children
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"discriminant"
	.4byte	.Lvariants - .Lunit0
.Ltagged:
	.uleb128	8		#   DW_TAG_structure_type
	.uleb128	11		#     DW_TAG_variant_part
	.ifdef OTHER
	.4byte	.Lint - .Lunit0
	.else
	.4byte	.Lchar - .Lunit0
	.endif
	.byte	0		#     end of children
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"tag"
	.4byte	.Ltagged - .Lunit0
.Llisted:
	.uleb128	8		#   DW_TAG_structure_type
	.uleb128	11		#     DW_TAG_variant_part
	.4byte	.Lchar - .Lunit0
	.uleb128	12		#       DW_TAG_variant
	.byte	3, 1, 5, 6 + A	# DW_DSC_range, 5 to 7 or 8
	.byte	0		#       end of children
	.byte	0		#     end of children
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"list"
	.4byte	.Llisted - .Lunit0
.Lnested:
	.uleb128	8		#   DW_TAG_structure_type
	.uleb128	11		#     DW_TAG_variant_part
	.4byte	.Lchar - .Lunit0
	.uleb128	12		#       DW_TAG_variant
	.byte	2, 0, 5		# DW_DSC_label
	.uleb128	11		#         DW_TAG_variant_part
	.4byte	.Lchar - .Lunit0
	.uleb128	12		#           DW_TAG_variant
	.byte	2, 0, 6		# DW_DSC_label
	.uleb128	9		#             DW_TAG_member
	.asciz	"inner"
	.4byte	.Lint - .Lunit0
	.byte	4 * A
	.byte	0		#           end of children
	.byte	0		#         end of children
	.byte	0		#       end of children
	.byte	0		#     end of children
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"nested"
	.4byte	.Lnested - .Lunit0
.Lcomputed:
	.uleb128	8		#   DW_TAG_structure_type
	.uleb128	13		#     DW_TAG_member
	.asciz	"member"
	.4byte	.Lint - .Lunit0
	.byte	5		# DW_OP_dup, DW_OP_deref, DW_OP_lit, DW_OP_minus, DW_OP_plus
	.byte	0x12, 0x6, 0x30 + A, 0x1c, 0x22
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"computed"
	.4byte	.Lcomputed - .Lunit0
.Lwide:
	.uleb128	14		#   DW_TAG_enumeration_type
	.byte	16
	.uleb128	15		#     DW_TAG_enumerator
	.asciz	"most"
	.8byte	1, A
	.uleb128	15		#     DW_TAG_enumerator
	.asciz	"least"
	.8byte	3, 0
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"wide"
	.4byte	.Lwide - .Lunit0
	.byte	0		# end of children
.Lend0:
