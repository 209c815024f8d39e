# Subranges with every way to say, or not to say, how many elements there are.
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
	.uleb128	3, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	4, 0x1	# DW_TAG_array_type
	.byte	1		# children: yes
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	5, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x37, 0xb	# DW_AT_count, DW_FORM_data1
	.byte	0, 0
	.uleb128	6, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x2f, 0xb	# DW_AT_upper_bound, DW_FORM_data1
	.byte	0, 0
	.uleb128	7, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0xb	# DW_AT_count, DW_FORM_data1
	.uleb128	0x2f, 0xb	# DW_AT_upper_bound, DW_FORM_data1
	.byte	0, 0
	.uleb128	8, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	9, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x22, 0xb	# DW_AT_lower_bound, DW_FORM_data1
	.uleb128	0x2f, 0xb	# DW_AT_upper_bound, DW_FORM_data1
	.byte	0, 0
	.uleb128	10, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0xb	# DW_AT_count, DW_FORM_data1
	.byte	0, 0
	.uleb128	11, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x2f, 0xd	# DW_AT_upper_bound, DW_FORM_sdata
	.byte	0, 0
	.uleb128	12, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x2f, 0x6	# DW_AT_upper_bound, DW_FORM_data4
	.byte	0, 0
	.uleb128	13, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x2f, 0x7	# DW_AT_upper_bound, DW_FORM_data8
	.byte	0, 0
	.uleb128	14, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0xf	# DW_AT_count, DW_FORM_udata
	.byte	0, 0
	.uleb128	15, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x2f, 0x18	# DW_AT_upper_bound, DW_FORM_exprloc
	.byte	0, 0
	.uleb128	16, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0x18	# DW_AT_count, DW_FORM_exprloc
	.uleb128	0x2f, 0xb	# DW_AT_upper_bound, DW_FORM_data1
	.byte	0, 0
	.uleb128	17, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x2f, 0x13	# DW_AT_upper_bound, DW_FORM_ref4
	.byte	0, 0
	.uleb128	18, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0x13	# DW_AT_count, DW_FORM_ref4
	.uleb128	0x2f, 0xb	# DW_AT_upper_bound, DW_FORM_data1
	.byte	0, 0
	.uleb128	19, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x2f, 0x1e	# DW_AT_upper_bound, DW_FORM_data16
	.byte	0, 0
	.uleb128	20, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x2f, 0x21	# DW_AT_upper_bound, DW_FORM_implicit_const
	.sleb128	41
	.byte	0, 0
	.uleb128	21, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x2f, 0xa	# DW_AT_upper_bound, DW_FORM_block1
	.byte	0, 0
	.uleb128	22, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	23, 0x1	# DW_TAG_array_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	24, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0x16	# DW_AT_count, DW_FORM_indirect
	.byte	0, 0
	.uleb128	25, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0x8	# DW_AT_count, DW_FORM_string
	.byte	0, 0
	.uleb128	26, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0xc	# DW_AT_count, DW_FORM_flag
	.byte	0, 0
	.uleb128	27, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x2f, 0x1	# DW_AT_upper_bound, DW_FORM_addr
	.byte	0, 0
	.uleb128	28, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0x17	# DW_AT_count, DW_FORM_sec_offset
	.byte	0, 0
	.uleb128	29, 0x1	# DW_TAG_array_type
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	30, 0x1	# DW_TAG_array_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	31, 0x1	# DW_TAG_array_type
	.byte	1		# children: yes
	.uleb128	0x2107, 0x19	# DW_AT_GNU_vector, DW_FORM_flag_present
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
	.uleb128	3		#   DW_TAG_variable
	.asciz	"lenvar"
	.4byte	.Lint - .Lunit0
.La_count:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	5		#     DW_TAG_subrange_type
	.4byte	.Lint - .Lunit0
	.byte	5
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"count"
	.4byte	.La_count - .Lunit0
.La_upper:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	6		#     DW_TAG_subrange_type
	.byte	9
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"upper"
	.4byte	.La_upper - .Lunit0
.La_both:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	7		#     DW_TAG_subrange_type
	.byte	3
	.byte	7
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"both"
	.4byte	.La_both - .Lunit0
.La_neither:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	8		#     DW_TAG_subrange_type
	.4byte	.Lint - .Lunit0
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"neither"
	.4byte	.La_neither - .Lunit0
.La_lower:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	9		#     DW_TAG_subrange_type
	.byte	2
	.byte	6
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"lower"
	.4byte	.La_lower - .Lunit0
.La_zero_count:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	10		#     DW_TAG_subrange_type
	.byte	0
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"zero_count"
	.4byte	.La_zero_count - .Lunit0
.La_minus_one:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	11		#     DW_TAG_subrange_type
	.sleb128	-1
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"minus_one"
	.4byte	.La_minus_one - .Lunit0
.La_minus_two:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	11		#     DW_TAG_subrange_type
	.sleb128	-2
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"minus_two"
	.4byte	.La_minus_two - .Lunit0
.La_max_u8:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	6		#     DW_TAG_subrange_type
	.byte	255
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"max_u8"
	.4byte	.La_max_u8 - .Lunit0
.La_max_u32:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	12		#     DW_TAG_subrange_type
	.4byte	4294967295
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"max_u32"
	.4byte	.La_max_u32 - .Lunit0
.La_max_u64:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	13		#     DW_TAG_subrange_type
	.8byte	18446744073709551615
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"max_u64"
	.4byte	.La_max_u64 - .Lunit0
.La_count_u64:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	14		#     DW_TAG_subrange_type
	.uleb128	18446744073709551615
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"count_u64"
	.4byte	.La_count_u64 - .Lunit0
.La_expr_upper:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	15		#     DW_TAG_subrange_type
	.uleb128	1
	.byte	0x31
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"expr_upper"
	.4byte	.La_expr_upper - .Lunit0
.La_expr_count_upper:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	16		#     DW_TAG_subrange_type
	.uleb128	1
	.byte	0x31
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"expr_count_upper"
	.4byte	.La_expr_count_upper - .Lunit0
.La_ref_upper:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	17		#     DW_TAG_subrange_type
	.4byte	.Llenvar - .Lunit0
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"ref_upper"
	.4byte	.La_ref_upper - .Lunit0
.La_ref_count_upper:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	18		#     DW_TAG_subrange_type
	.4byte	.Llenvar - .Lunit0
	.byte	2
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"ref_count_upper"
	.4byte	.La_ref_count_upper - .Lunit0
.La_oct_upper:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	19		#     DW_TAG_subrange_type
	.octa	3
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"oct_upper"
	.4byte	.La_oct_upper - .Lunit0
.La_implicit:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	20		#     DW_TAG_subrange_type
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"implicit"
	.4byte	.La_implicit - .Lunit0
.La_block_upper:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	21		#     DW_TAG_subrange_type
	.byte	1
	.byte	0x4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"block_upper"
	.4byte	.La_block_upper - .Lunit0
.La_three:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	10		#     DW_TAG_subrange_type
	.byte	2
	.uleb128	6		#     DW_TAG_subrange_type
	.byte	2
	.uleb128	22		#     DW_TAG_subrange_type
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"three"
	.4byte	.La_three - .Lunit0
.La_no_subrange:
	.uleb128	23		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	3		#   DW_TAG_variable
	.asciz	"no_subrange"
	.4byte	.La_no_subrange - .Lunit0
.La_strx:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	24		#     DW_TAG_subrange_type
	.uleb128	0x5	# DW_FORM_data2
	.2byte	513
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"strx"
	.4byte	.La_strx - .Lunit0
.La_string_count:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	25		#     DW_TAG_subrange_type
	.asciz	"7"
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"string_count"
	.4byte	.La_string_count - .Lunit0
.La_flag_count:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	26		#     DW_TAG_subrange_type
	.byte	1
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"flag_count"
	.4byte	.La_flag_count - .Lunit0
.La_addr_upper:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	27		#     DW_TAG_subrange_type
	.8byte	16
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"addr_upper"
	.4byte	.La_addr_upper - .Lunit0
.La_secoff:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	28		#     DW_TAG_subrange_type
	.4byte	5
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"secoff"
	.4byte	.La_secoff - .Lunit0
.La_void:
	.uleb128	29		#   DW_TAG_array_type
	.uleb128	10		#     DW_TAG_subrange_type
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_nothing"
	.4byte	.La_void - .Lunit0
.La_named:
	.uleb128	30		#   DW_TAG_array_type
	.asciz	"named array"
	.byte	16
	.byte	8
	.4byte	.Lint - .Lunit0
	.uleb128	10		#     DW_TAG_subrange_type
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"named_array"
	.4byte	.La_named - .Lunit0
.La_of:
	.uleb128	4		#   DW_TAG_array_type
	.4byte	.La_three - .Lunit0
	.uleb128	10		#     DW_TAG_subrange_type
	.byte	2
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_arrays"
	.4byte	.La_of - .Lunit0
.La_vec:
	.uleb128	31		#   DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	10		#     DW_TAG_subrange_type
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"vector"
	.4byte	.La_vec - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
