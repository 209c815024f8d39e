# Sizes and alignments of odd forms.
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
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	4, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	5, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	6, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x5	# DW_AT_byte_size, DW_FORM_data2
	.uleb128	0x88, 0x5	# DW_AT_alignment, DW_FORM_data2
	.byte	0, 0
	.uleb128	7, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x5	# DW_AT_byte_size, DW_FORM_data2
	.uleb128	0x3e, 0x5	# DW_AT_encoding, DW_FORM_data2
	.uleb128	0x88, 0x5	# DW_AT_alignment, DW_FORM_data2
	.byte	0, 0
	.uleb128	8, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x6	# DW_AT_byte_size, DW_FORM_data4
	.uleb128	0x88, 0x6	# DW_AT_alignment, DW_FORM_data4
	.byte	0, 0
	.uleb128	9, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x6	# DW_AT_byte_size, DW_FORM_data4
	.uleb128	0x3e, 0x6	# DW_AT_encoding, DW_FORM_data4
	.uleb128	0x88, 0x6	# DW_AT_alignment, DW_FORM_data4
	.byte	0, 0
	.uleb128	10, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x7	# DW_AT_byte_size, DW_FORM_data8
	.uleb128	0x88, 0x7	# DW_AT_alignment, DW_FORM_data8
	.byte	0, 0
	.uleb128	11, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x7	# DW_AT_byte_size, DW_FORM_data8
	.uleb128	0x3e, 0x7	# DW_AT_encoding, DW_FORM_data8
	.uleb128	0x88, 0x7	# DW_AT_alignment, DW_FORM_data8
	.byte	0, 0
	.uleb128	12, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xd	# DW_AT_byte_size, DW_FORM_sdata
	.uleb128	0x88, 0xd	# DW_AT_alignment, DW_FORM_sdata
	.byte	0, 0
	.uleb128	13, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xd	# DW_AT_byte_size, DW_FORM_sdata
	.uleb128	0x3e, 0xd	# DW_AT_encoding, DW_FORM_sdata
	.uleb128	0x88, 0xd	# DW_AT_alignment, DW_FORM_sdata
	.byte	0, 0
	.uleb128	14, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xf	# DW_AT_byte_size, DW_FORM_udata
	.uleb128	0x88, 0xf	# DW_AT_alignment, DW_FORM_udata
	.byte	0, 0
	.uleb128	15, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xf	# DW_AT_byte_size, DW_FORM_udata
	.uleb128	0x3e, 0xf	# DW_AT_encoding, DW_FORM_udata
	.uleb128	0x88, 0xf	# DW_AT_alignment, DW_FORM_udata
	.byte	0, 0
	.uleb128	16, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x1e	# DW_AT_byte_size, DW_FORM_data16
	.uleb128	0x88, 0x1e	# DW_AT_alignment, DW_FORM_data16
	.byte	0, 0
	.uleb128	17, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x1e	# DW_AT_byte_size, DW_FORM_data16
	.uleb128	0x3e, 0x1e	# DW_AT_encoding, DW_FORM_data16
	.uleb128	0x88, 0x1e	# DW_AT_alignment, DW_FORM_data16
	.byte	0, 0
	.uleb128	18, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x18	# DW_AT_byte_size, DW_FORM_exprloc
	.uleb128	0x88, 0x18	# DW_AT_alignment, DW_FORM_exprloc
	.byte	0, 0
	.uleb128	19, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x18	# DW_AT_byte_size, DW_FORM_exprloc
	.uleb128	0x3e, 0x18	# DW_AT_encoding, DW_FORM_exprloc
	.uleb128	0x88, 0x18	# DW_AT_alignment, DW_FORM_exprloc
	.byte	0, 0
	.uleb128	20, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xa	# DW_AT_byte_size, DW_FORM_block1
	.uleb128	0x88, 0xa	# DW_AT_alignment, DW_FORM_block1
	.byte	0, 0
	.uleb128	21, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xa	# DW_AT_byte_size, DW_FORM_block1
	.uleb128	0x3e, 0xa	# DW_AT_encoding, DW_FORM_block1
	.uleb128	0x88, 0xa	# DW_AT_alignment, DW_FORM_block1
	.byte	0, 0
	.uleb128	22, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x13	# DW_AT_byte_size, DW_FORM_ref4
	.uleb128	0x88, 0x13	# DW_AT_alignment, DW_FORM_ref4
	.byte	0, 0
	.uleb128	23, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x13	# DW_AT_byte_size, DW_FORM_ref4
	.uleb128	0x3e, 0x13	# DW_AT_encoding, DW_FORM_ref4
	.uleb128	0x88, 0x13	# DW_AT_alignment, DW_FORM_ref4
	.byte	0, 0
	.uleb128	24, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x21	# DW_AT_byte_size, DW_FORM_implicit_const
	.sleb128	77
	.uleb128	0x88, 0x21	# DW_AT_alignment, DW_FORM_implicit_const
	.sleb128	77
	.byte	0, 0
	.uleb128	25, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x21	# DW_AT_byte_size, DW_FORM_implicit_const
	.sleb128	77
	.uleb128	0x3e, 0x21	# DW_AT_encoding, DW_FORM_implicit_const
	.sleb128	77
	.uleb128	0x88, 0x21	# DW_AT_alignment, DW_FORM_implicit_const
	.sleb128	77
	.byte	0, 0
	.uleb128	26, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xc	# DW_AT_byte_size, DW_FORM_flag
	.uleb128	0x88, 0xc	# DW_AT_alignment, DW_FORM_flag
	.byte	0, 0
	.uleb128	27, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xc	# DW_AT_byte_size, DW_FORM_flag
	.uleb128	0x3e, 0xc	# DW_AT_encoding, DW_FORM_flag
	.uleb128	0x88, 0xc	# DW_AT_alignment, DW_FORM_flag
	.byte	0, 0
	.uleb128	28, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x8	# DW_AT_byte_size, DW_FORM_string
	.uleb128	0x88, 0x8	# DW_AT_alignment, DW_FORM_string
	.byte	0, 0
	.uleb128	29, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x8	# DW_AT_byte_size, DW_FORM_string
	.uleb128	0x3e, 0x8	# DW_AT_encoding, DW_FORM_string
	.uleb128	0x88, 0x8	# DW_AT_alignment, DW_FORM_string
	.byte	0, 0
	.uleb128	30, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x17	# DW_AT_byte_size, DW_FORM_sec_offset
	.uleb128	0x88, 0x17	# DW_AT_alignment, DW_FORM_sec_offset
	.byte	0, 0
	.uleb128	31, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0x17	# DW_AT_byte_size, DW_FORM_sec_offset
	.uleb128	0x3e, 0x17	# DW_AT_encoding, DW_FORM_sec_offset
	.uleb128	0x88, 0x17	# DW_AT_alignment, DW_FORM_sec_offset
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
.Ls_data1:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"s_data1"
	.byte	255
	.byte	255
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_data1"
	.4byte	.Ls_data1 - .Lunit0
.Lb_data1:
	.uleb128	5		#   DW_TAG_base_type
	.asciz	"b_data1"
	.byte	255
	.byte	255
	.byte	255
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_data1"
	.4byte	.Lb_data1 - .Lunit0
.Ls_data2:
	.uleb128	6		#   DW_TAG_structure_type
	.asciz	"s_data2"
	.2byte	65535
	.2byte	65535
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_data2"
	.4byte	.Ls_data2 - .Lunit0
.Lb_data2:
	.uleb128	7		#   DW_TAG_base_type
	.asciz	"b_data2"
	.2byte	65535
	.2byte	65535
	.2byte	65535
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_data2"
	.4byte	.Lb_data2 - .Lunit0
.Ls_data4:
	.uleb128	8		#   DW_TAG_structure_type
	.asciz	"s_data4"
	.4byte	4294967295
	.4byte	4294967295
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_data4"
	.4byte	.Ls_data4 - .Lunit0
.Lb_data4:
	.uleb128	9		#   DW_TAG_base_type
	.asciz	"b_data4"
	.4byte	4294967295
	.4byte	4294967295
	.4byte	4294967295
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_data4"
	.4byte	.Lb_data4 - .Lunit0
.Ls_data8:
	.uleb128	10		#   DW_TAG_structure_type
	.asciz	"s_data8"
	.8byte	18446744073709551615
	.8byte	18446744073709551615
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_data8"
	.4byte	.Ls_data8 - .Lunit0
.Lb_data8:
	.uleb128	11		#   DW_TAG_base_type
	.asciz	"b_data8"
	.8byte	18446744073709551615
	.8byte	18446744073709551615
	.8byte	18446744073709551615
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_data8"
	.4byte	.Lb_data8 - .Lunit0
.Ls_sdata:
	.uleb128	12		#   DW_TAG_structure_type
	.asciz	"s_sdata"
	.sleb128	-1
	.sleb128	-1
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_sdata"
	.4byte	.Ls_sdata - .Lunit0
.Lb_sdata:
	.uleb128	13		#   DW_TAG_base_type
	.asciz	"b_sdata"
	.sleb128	-1
	.sleb128	-1
	.sleb128	-1
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_sdata"
	.4byte	.Lb_sdata - .Lunit0
.Ls_udata:
	.uleb128	14		#   DW_TAG_structure_type
	.asciz	"s_udata"
	.uleb128	1099511627776
	.uleb128	1099511627776
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_udata"
	.4byte	.Ls_udata - .Lunit0
.Lb_udata:
	.uleb128	15		#   DW_TAG_base_type
	.asciz	"b_udata"
	.uleb128	1099511627776
	.uleb128	1099511627776
	.uleb128	1099511627776
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_udata"
	.4byte	.Lb_udata - .Lunit0
.Ls_data16:
	.uleb128	16		#   DW_TAG_structure_type
	.asciz	"s_data16"
	.octa	8
	.octa	8
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_data16"
	.4byte	.Ls_data16 - .Lunit0
.Lb_data16:
	.uleb128	17		#   DW_TAG_base_type
	.asciz	"b_data16"
	.octa	8
	.octa	8
	.octa	8
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_data16"
	.4byte	.Lb_data16 - .Lunit0
.Ls_expr:
	.uleb128	18		#   DW_TAG_structure_type
	.asciz	"s_expr"
	.uleb128	1
	.byte	0x38
	.uleb128	1
	.byte	0x38
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_expr"
	.4byte	.Ls_expr - .Lunit0
.Lb_expr:
	.uleb128	19		#   DW_TAG_base_type
	.asciz	"b_expr"
	.uleb128	1
	.byte	0x38
	.uleb128	1
	.byte	0x38
	.uleb128	1
	.byte	0x38
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_expr"
	.4byte	.Lb_expr - .Lunit0
.Ls_block:
	.uleb128	20		#   DW_TAG_structure_type
	.asciz	"s_block"
	.byte	1
	.byte	0x8
	.byte	1
	.byte	0x8
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_block"
	.4byte	.Ls_block - .Lunit0
.Lb_block:
	.uleb128	21		#   DW_TAG_base_type
	.asciz	"b_block"
	.byte	1
	.byte	0x8
	.byte	1
	.byte	0x8
	.byte	1
	.byte	0x8
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_block"
	.4byte	.Lb_block - .Lunit0
.Ls_ref:
	.uleb128	22		#   DW_TAG_structure_type
	.asciz	"s_ref"
	.4byte	.Lint - .Lunit0
	.4byte	.Lint - .Lunit0
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_ref"
	.4byte	.Ls_ref - .Lunit0
.Lb_ref:
	.uleb128	23		#   DW_TAG_base_type
	.asciz	"b_ref"
	.4byte	.Lint - .Lunit0
	.4byte	.Lint - .Lunit0
	.4byte	.Lint - .Lunit0
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_ref"
	.4byte	.Lb_ref - .Lunit0
.Ls_implicit:
	.uleb128	24		#   DW_TAG_structure_type
	.asciz	"s_implicit"
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_implicit"
	.4byte	.Ls_implicit - .Lunit0
.Lb_implicit:
	.uleb128	25		#   DW_TAG_base_type
	.asciz	"b_implicit"
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_implicit"
	.4byte	.Lb_implicit - .Lunit0
.Ls_flag:
	.uleb128	26		#   DW_TAG_structure_type
	.asciz	"s_flag"
	.byte	1
	.byte	1
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_flag"
	.4byte	.Ls_flag - .Lunit0
.Lb_flag:
	.uleb128	27		#   DW_TAG_base_type
	.asciz	"b_flag"
	.byte	1
	.byte	1
	.byte	1
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_flag"
	.4byte	.Lb_flag - .Lunit0
.Ls_text:
	.uleb128	28		#   DW_TAG_structure_type
	.asciz	"s_text"
	.asciz	"8"
	.asciz	"8"
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_text"
	.4byte	.Ls_text - .Lunit0
.Lb_text:
	.uleb128	29		#   DW_TAG_base_type
	.asciz	"b_text"
	.asciz	"8"
	.asciz	"8"
	.asciz	"8"
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_text"
	.4byte	.Lb_text - .Lunit0
.Ls_zero:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"s_zero"
	.byte	0
	.byte	0
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_zero"
	.4byte	.Ls_zero - .Lunit0
.Lb_zero:
	.uleb128	5		#   DW_TAG_base_type
	.asciz	"b_zero"
	.byte	0
	.byte	0
	.byte	0
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_zero"
	.4byte	.Lb_zero - .Lunit0
.Ls_sec:
	.uleb128	30		#   DW_TAG_structure_type
	.asciz	"s_sec"
	.4byte	3
	.4byte	3
	.uleb128	4		#   DW_TAG_variable
	.asciz	"s_sec"
	.4byte	.Ls_sec - .Lunit0
.Lb_sec:
	.uleb128	31		#   DW_TAG_base_type
	.asciz	"b_sec"
	.4byte	3
	.4byte	3
	.4byte	3
	.uleb128	4		#   DW_TAG_variable
	.asciz	"b_sec"
	.4byte	.Lb_sec - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
