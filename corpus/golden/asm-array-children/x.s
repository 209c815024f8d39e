# An array whose element count is an enumeration's, and array children that are not subranges.
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
	.uleb128	3, 0x1	# DW_TAG_array_type
	.byte	1		# children: yes
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	4, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	6, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	7, 0x45	# DW_TAG_generic_subrange
	.byte	0		# children: no
	.uleb128	0x37, 0xb	# DW_AT_count, DW_FORM_data1
	.byte	0, 0
	.uleb128	8, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0xb	# DW_AT_count, DW_FORM_data1
	.byte	0, 0
	.uleb128	9, 0x16	# DW_TAG_typedef
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
.Lby_enum:
	.uleb128	3		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	4		#     DW_TAG_enumeration_type
	.asciz	"index"
	.byte	4
	.uleb128	5		#       DW_TAG_enumerator
	.asciz	"A"
	.byte	0
	.byte	0		#     end of children
	.byte	0		#   end of children
	.uleb128	6		#   DW_TAG_variable
	.asciz	"by_enum"
	.4byte	.Lby_enum - .Lunit0
	.uleb128	6		#   DW_TAG_variable
	.asciz	"fine"
	.4byte	.Lint - .Lunit0
.Lgen:
	.uleb128	3		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	7		#     DW_TAG_generic_subrange
	.byte	3
	.byte	0		#   end of children
	.uleb128	6		#   DW_TAG_variable
	.asciz	"gen"
	.4byte	.Lgen - .Lunit0
.Lmixed:
	.uleb128	3		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	8		#     DW_TAG_subrange_type
	.byte	3
	.uleb128	9		#     DW_TAG_typedef
	.asciz	"t"
	.byte	0		#   end of children
	.uleb128	6		#   DW_TAG_variable
	.asciz	"mixed"
	.4byte	.Lmixed - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
