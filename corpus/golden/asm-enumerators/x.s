# Enumerators whose values have every form, or none.
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
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	4, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x5	# DW_AT_const_value, DW_FORM_data2
	.byte	0, 0
	.uleb128	6, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x6	# DW_AT_const_value, DW_FORM_data4
	.byte	0, 0
	.uleb128	7, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x7	# DW_AT_const_value, DW_FORM_data8
	.byte	0, 0
	.uleb128	8, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xd	# DW_AT_const_value, DW_FORM_sdata
	.byte	0, 0
	.uleb128	9, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xf	# DW_AT_const_value, DW_FORM_udata
	.byte	0, 0
	.uleb128	10, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x21	# DW_AT_const_value, DW_FORM_implicit_const
	.sleb128	-5
	.byte	0, 0
	.uleb128	11, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x16	# DW_AT_const_value, DW_FORM_indirect
	.byte	0, 0
	.uleb128	12, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xa	# DW_AT_const_value, DW_FORM_block1
	.byte	0, 0
	.uleb128	13, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x18	# DW_AT_const_value, DW_FORM_exprloc
	.byte	0, 0
	.uleb128	14, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x1e	# DW_AT_const_value, DW_FORM_data16
	.byte	0, 0
	.uleb128	15, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x8	# DW_AT_const_value, DW_FORM_string
	.byte	0, 0
	.uleb128	16, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xc	# DW_AT_const_value, DW_FORM_flag
	.byte	0, 0
	.uleb128	17, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x19	# DW_AT_const_value, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	18, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x1	# DW_AT_const_value, DW_FORM_addr
	.byte	0, 0
	.uleb128	19, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x13	# DW_AT_const_value, DW_FORM_ref4
	.byte	0, 0
	.uleb128	20, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0x17	# DW_AT_const_value, DW_FORM_sec_offset
	.byte	0, 0
	.uleb128	21, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	22, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	23, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	24, 0x4	# DW_TAG_enumeration_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	25, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	26, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	27, 0x4	# DW_TAG_enumeration_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x3c, 0x19	# DW_AT_declaration, DW_FORM_flag_present
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	28, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x3c, 0xc	# DW_AT_declaration, DW_FORM_flag
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	29, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.byte	0, 0
	.uleb128	30, 0x34	# DW_TAG_variable
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
.Le1:
	.uleb128	3		#   DW_TAG_enumeration_type
	.asciz	"forms"
	.byte	4
	.4byte	.Lint - .Lunit0
	.uleb128	4		#     DW_TAG_enumerator
	.asciz	"small"
	.byte	200
	.uleb128	5		#     DW_TAG_enumerator
	.asciz	"word"
	.2byte	65535
	.uleb128	6		#     DW_TAG_enumerator
	.asciz	"dword"
	.4byte	4294967294
	.uleb128	7		#     DW_TAG_enumerator
	.asciz	"qword"
	.8byte	18446744073709551613
	.uleb128	8		#     DW_TAG_enumerator
	.asciz	"signed"
	.sleb128	-129
	.uleb128	8		#     DW_TAG_enumerator
	.asciz	"low"
	.sleb128	-9223372036854775808
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"unsigned_"
	.uleb128	9223372036854775808
	.uleb128	10		#     DW_TAG_enumerator
	.asciz	"implicit"
	.uleb128	11		#     DW_TAG_enumerator
	.asciz	"indirect"
	.uleb128	0xd	# DW_FORM_sdata
	.sleb128	-6
	.uleb128	12		#     DW_TAG_enumerator
	.asciz	"block"
	.byte	2
	.byte	0x1, 0x2
	.uleb128	13		#     DW_TAG_enumerator
	.asciz	"expr"
	.uleb128	1
	.byte	0x30
	.uleb128	14		#     DW_TAG_enumerator
	.asciz	"sixteen"
	.octa	7
	.uleb128	15		#     DW_TAG_enumerator
	.asciz	"text"
	.asciz	"9"
	.uleb128	16		#     DW_TAG_enumerator
	.asciz	"flagged"
	.byte	1
	.uleb128	17		#     DW_TAG_enumerator
	.asciz	"present"
	.uleb128	18		#     DW_TAG_enumerator
	.asciz	"address"
	.8byte	12
	.uleb128	19		#     DW_TAG_enumerator
	.asciz	"reference"
	.4byte	.Lint - .Lunit0
	.uleb128	20		#     DW_TAG_enumerator
	.asciz	"sect"
	.4byte	6
	.uleb128	21		#     DW_TAG_enumerator
	.asciz	"none"
	.uleb128	22		#     DW_TAG_enumerator
	.uleb128	23		#     DW_TAG_enumerator
	.byte	4
	.byte	0		#   end of children
.Le2:
	.uleb128	24		#   DW_TAG_enumeration_type
	.asciz	"empty"
	.byte	1
	.byte	1
.Le3:
	.uleb128	25		#   DW_TAG_enumeration_type
	.asciz	"odd names"
	.byte	8
	.uleb128	4		#     DW_TAG_enumerator
	.asciz	"x y"
	.byte	1
	.uleb128	4		#     DW_TAG_enumerator
	.asciz	"quote'd"
	.byte	2
	.uleb128	4		#     DW_TAG_enumerator
	.asciz	"\303\251"
	.byte	3
	.byte	0		#   end of children
.Le4:
	.uleb128	26		#   DW_TAG_enumeration_type
	.uleb128	21		#     DW_TAG_enumerator
	.asciz	"only"
	.byte	0		#   end of children
.Le5:
	.uleb128	27		#   DW_TAG_enumeration_type
	.asciz	"decl"
	.byte	4
.Le6:
	.uleb128	28		#   DW_TAG_enumeration_type
	.asciz	"decl_false"
	.byte	0
	.byte	4
	.uleb128	4		#     DW_TAG_enumerator
	.asciz	"shown"
	.byte	1
	.byte	0		#   end of children
.Le7:
	.uleb128	29		#   DW_TAG_enumeration_type
	.byte	5
	.uleb128	4		#     DW_TAG_enumerator
	.asciz	"a::b"
	.byte	1
	.byte	0		#   end of children
	.uleb128	30		#   DW_TAG_variable
	.asciz	"v1"
	.4byte	.Le1 - .Lunit0
	.uleb128	30		#   DW_TAG_variable
	.asciz	"v2"
	.4byte	.Le2 - .Lunit0
	.uleb128	30		#   DW_TAG_variable
	.asciz	"v3"
	.4byte	.Le3 - .Lunit0
	.uleb128	30		#   DW_TAG_variable
	.asciz	"v4"
	.4byte	.Le4 - .Lunit0
	.uleb128	30		#   DW_TAG_variable
	.asciz	"v5"
	.4byte	.Le5 - .Lunit0
	.uleb128	30		#   DW_TAG_variable
	.asciz	"v6"
	.4byte	.Le6 - .Lunit0
	.uleb128	30		#   DW_TAG_variable
	.asciz	"v7"
	.4byte	.Le7 - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
