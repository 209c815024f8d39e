# Unexpected children of enumerations, variants, variant parts and subroutine types.
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
	.uleb128	3, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	4, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	6, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	7, 0x2e	# DW_TAG_subprogram
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	8, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	9, 0x33	# DW_TAG_variant_part
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	10, 0x19	# DW_TAG_variant
	.byte	1		# children: yes
	.uleb128	0x16, 0xb	# DW_AT_discr_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	11, 0x16	# DW_TAG_typedef
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	12, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	13, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	14, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	15, 0x19	# DW_TAG_variant
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	16, 0x15	# DW_TAG_subroutine_type
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	17, 0x1c	# DW_TAG_inheritance
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	18, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	19, 0x17	# DW_TAG_union_type
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	20, 0x2	# DW_TAG_class_type
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	21, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	22, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
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
.Lo1:
	.uleb128	3		#   DW_TAG_enumeration_type
	.byte	4
	.uleb128	4		#     DW_TAG_enumerator
	.asciz	"A"
	.byte	1
	.uleb128	5		#     DW_TAG_member
	.asciz	"x"
	.4byte	.Lint - .Lunit0
	.byte	0		#   end of children
	.uleb128	6		#   DW_TAG_variable
	.asciz	"of_enum_member"
	.4byte	.Lo1 - .Lunit0
.Lo2:
	.uleb128	3		#   DW_TAG_enumeration_type
	.byte	4
	.uleb128	7		#     DW_TAG_subprogram
	.asciz	"x"
	.byte	0		#   end of children
	.uleb128	6		#   DW_TAG_variable
	.asciz	"of_enum_method"
	.4byte	.Lo2 - .Lunit0
.Lo3:
	.uleb128	8		#   DW_TAG_structure_type
	.byte	4
	.uleb128	9		#     DW_TAG_variant_part
	.uleb128	10		#       DW_TAG_variant
	.byte	1
	.uleb128	11		#         DW_TAG_typedef
	.asciz	"t"
	.4byte	.Lint - .Lunit0
	.uleb128	12		#         DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	13		#         DW_TAG_structure_type
	.asciz	"s"
	.byte	0		#       end of children
	.byte	0		#     end of children
	.byte	0		#   end of children
	.uleb128	6		#   DW_TAG_variable
	.asciz	"of_variant_other"
	.4byte	.Lo3 - .Lunit0
.Lo4:
	.uleb128	8		#   DW_TAG_structure_type
	.byte	4
	.uleb128	9		#     DW_TAG_variant_part
	.uleb128	12		#       DW_TAG_member
	.asciz	"d"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	14		#       DW_TAG_structure_type
	.asciz	"in_part"
	.byte	4
	.uleb128	15		#       DW_TAG_variant
	.uleb128	12		#         DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#       end of children
	.byte	0		#     end of children
	.byte	0		#   end of children
	.uleb128	6		#   DW_TAG_variable
	.asciz	"of_part_other"
	.4byte	.Lo4 - .Lunit0
.Lo5:
	.uleb128	16		#   DW_TAG_subroutine_type
	.uleb128	17		#     DW_TAG_inheritance
	.4byte	.Lint - .Lunit0
	.uleb128	18		#     DW_TAG_enumerator
	.asciz	"x"
	.byte	0		#   end of children
	.uleb128	6		#   DW_TAG_variable
	.asciz	"of_subroutine_other"
	.4byte	.Lo5 - .Lunit0
.Lo6:
	.uleb128	19		#   DW_TAG_union_type
	.uleb128	17		#     DW_TAG_inheritance
	.4byte	.Lint - .Lunit0
	.byte	0		#   end of children
	.uleb128	6		#   DW_TAG_variable
	.asciz	"of_union_inherit"
	.4byte	.Lo6 - .Lunit0
.Lo7:
	.uleb128	20		#   DW_TAG_class_type
	.uleb128	11		#     DW_TAG_typedef
	.asciz	"t"
	.4byte	.Lint - .Lunit0
	.byte	0		#   end of children
	.uleb128	6		#   DW_TAG_variable
	.asciz	"of_class_typedef"
	.4byte	.Lo7 - .Lunit0
.Lo8:
	.uleb128	8		#   DW_TAG_structure_type
	.byte	4
	.uleb128	9		#     DW_TAG_variant_part
	.uleb128	21		#       DW_TAG_pointer_type
	.4byte	.Lint - .Lunit0
	.uleb128	22		#       DW_TAG_base_type
	.asciz	"b"
	.byte	0		#     end of children
	.byte	0		#   end of children
	.uleb128	6		#   DW_TAG_variable
	.asciz	"of_part_pointer"
	.4byte	.Lo8 - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
