# Variables whose type is an item of a list: malformed, but not an error to the reference.
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
	.uleb128	3, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	4, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	5, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	6, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0xb	# DW_AT_count, DW_FORM_data1
	.byte	0, 0
	.uleb128	7, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	8, 0x33	# DW_TAG_variant_part
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	9, 0x19	# DW_TAG_variant
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	10, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
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
.Lt_enumerator:
	.uleb128	3		#   DW_TAG_enumerator
	.asciz	"en"
	.uleb128	4		#   DW_TAG_variable
	.asciz	"of_enumerator"
	.4byte	.Lt_enumerator - .Lunit0
.Lt_member:
	.uleb128	5		#   DW_TAG_member
	.asciz	"mm"
	.4byte	.Lint - .Lunit0
	.uleb128	4		#   DW_TAG_variable
	.asciz	"of_member"
	.4byte	.Lt_member - .Lunit0
.Lt_subrange:
	.uleb128	6		#   DW_TAG_subrange_type
	.byte	3
	.uleb128	4		#   DW_TAG_variable
	.asciz	"of_subrange"
	.4byte	.Lt_subrange - .Lunit0
.Lt_formal:
	.uleb128	7		#   DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.uleb128	4		#   DW_TAG_variable
	.asciz	"of_formal"
	.4byte	.Lt_formal - .Lunit0
.Lt_variant_part:
	.uleb128	8		#   DW_TAG_variant_part
	.uleb128	9		#     DW_TAG_variant
	.uleb128	10		#       DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#     end of children
	.byte	0		#   end of children
	.uleb128	4		#   DW_TAG_variable
	.asciz	"of_variant_part"
	.4byte	.Lt_variant_part - .Lunit0
.Lt_variant:
	.uleb128	9		#   DW_TAG_variant
	.uleb128	10		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
	.uleb128	4		#   DW_TAG_variable
	.asciz	"of_variant"
	.4byte	.Lt_variant - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
