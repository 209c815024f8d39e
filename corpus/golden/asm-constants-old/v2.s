# Constants of four and eight bytes where DWARF 2 knows no section offsets.
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
	.uleb128	0xb, 0x6	# DW_AT_byte_size, DW_FORM_data4
	.byte	0, 0
	.uleb128	4, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xf	# DW_AT_data_member_location, DW_FORM_udata
	.uleb128	0xd, 0x6	# DW_AT_bit_size, DW_FORM_data4
	.uleb128	0x6b, 0x6	# DW_AT_data_bit_offset, DW_FORM_data4
	.byte	0, 0
	.uleb128	5, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x7	# DW_AT_byte_size, DW_FORM_data8
	.byte	0, 0
	.uleb128	6, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xf	# DW_AT_data_member_location, DW_FORM_udata
	.uleb128	0xd, 0x7	# DW_AT_bit_size, DW_FORM_data8
	.uleb128	0x6b, 0x7	# DW_AT_data_bit_offset, DW_FORM_data8
	.byte	0, 0
	.uleb128	7, 0x1	# DW_TAG_array_type
	.byte	1		# children: yes
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	8, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x2f, 0x6	# DW_AT_upper_bound, DW_FORM_data4
	.byte	0, 0
	.uleb128	9, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0x7	# DW_AT_count, DW_FORM_data8
	.byte	0, 0
	.uleb128	10, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x6	# DW_AT_byte_size, DW_FORM_data4
	.byte	0, 0
	.uleb128	11, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x6	# DW_AT_const_value, DW_FORM_data4
	.byte	0, 0
	.uleb128	12, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x7	# DW_AT_const_value, DW_FORM_data8
	.byte	0, 0
	.uleb128	13, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x6	# DW_AT_byte_size, DW_FORM_data4
	.uleb128	0x3e, 0x6	# DW_AT_encoding, DW_FORM_data4
	.byte	0, 0
	.uleb128	14, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0xc	# DW_AT_external, DW_FORM_flag
	.byte	0, 0
	.byte	0

	.section .debug_info,"",@progbits

# Unit 0: DWARF 2
.Lunit0:
	.4byte	.Lend0 - .Lversion0
.Lversion0:
	.2byte	2
	.4byte	.Labbrev0
	.byte	8		# address size
	.uleb128	1		# DW_TAG_compile_unit
	.asciz	"unit.h"
.Lint:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
.Lfour:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"four"
	.4byte	300
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.uleb128	1
	.4byte	300
	.4byte	300
	.byte	0		#   end of children
.Leight:
	.uleb128	5		#   DW_TAG_structure_type
	.asciz	"eight"
	.8byte	1099511627776
	.uleb128	6		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.uleb128	1
	.8byte	1099511627776
	.8byte	1099511627776
	.byte	0		#   end of children
.Larr:
	.uleb128	7		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	8		#     DW_TAG_subrange_type
	.4byte	6
	.uleb128	9		#     DW_TAG_subrange_type
	.8byte	9
	.byte	0		#   end of children
.Len:
	.uleb128	10		#   DW_TAG_enumeration_type
	.asciz	"en"
	.4byte	4
	.uleb128	11		#     DW_TAG_enumerator
	.asciz	"A"
	.4byte	5
	.uleb128	12		#     DW_TAG_enumerator
	.asciz	"B"
	.8byte	9223372036854775808
	.byte	0		#   end of children
.Lbt:
	.uleb128	13		#   DW_TAG_base_type
	.asciz	"bt"
	.4byte	8
	.4byte	7
	.uleb128	14		#   DW_TAG_variable
	.asciz	"v_four"
	.4byte	.Lfour - .Lunit0
	.byte	1
	.uleb128	14		#   DW_TAG_variable
	.asciz	"v_eight"
	.4byte	.Leight - .Lunit0
	.byte	1
	.uleb128	14		#   DW_TAG_variable
	.asciz	"v_arr"
	.4byte	.Larr - .Lunit0
	.byte	1
	.uleb128	14		#   DW_TAG_variable
	.asciz	"v_en"
	.4byte	.Len - .Lunit0
	.byte	1
	.uleb128	14		#   DW_TAG_variable
	.asciz	"v_bt"
	.4byte	.Lbt - .Lunit0
	.byte	1
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
