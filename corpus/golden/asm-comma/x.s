# Subroutine types that lead back to themselves through lists of every kind.
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
	.uleb128	3, 0x15	# DW_TAG_subroutine_type
	.byte	1		# children: yes
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	4, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	5, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	6, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	7, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	8, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	9, 0x15	# DW_TAG_subroutine_type
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	10, 0x33	# DW_TAG_variant_part
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	11, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	12, 0x19	# DW_TAG_variant
	.byte	1		# children: yes
	.uleb128	0x16, 0xb	# DW_AT_discr_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	13, 0x1	# DW_TAG_array_type
	.byte	1		# children: yes
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	14, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x37, 0xb	# DW_AT_count, DW_FORM_data1
	.byte	0, 0
	.uleb128	15, 0x21	# DW_TAG_subrange_type
	.byte	0		# children: no
	.uleb128	0x2f, 0xb	# DW_AT_upper_bound, DW_FORM_data1
	.byte	0, 0
	.uleb128	16, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	17, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	18, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	19, 0x2	# DW_TAG_class_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	20, 0x16	# DW_TAG_typedef
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	21, 0x10	# DW_TAG_reference_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	22, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	23, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	24, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	25, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
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
.Lc:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"char"
	.byte	1
	.byte	6
.Ls1:
	.uleb128	3		#   DW_TAG_subroutine_type
	.4byte	.Lint - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.uleb128	5		#     DW_TAG_formal_parameter
	.asciz	"second"
	.4byte	.Lps1 - .Lunit0
	.uleb128	5		#     DW_TAG_formal_parameter
	.asciz	"third"
	.4byte	.Lc - .Lunit0
	.byte	0		#   end of children
.Lst1:
	.uleb128	6		#   DW_TAG_structure_type
	.asciz	"st1"
	.byte	16
	.uleb128	7		#     DW_TAG_member
	.asciz	"cb"
	.4byte	.Lps1f - .Lunit0
	.byte	0
	.uleb128	7		#     DW_TAG_member
	.asciz	"n"
	.4byte	.Lint - .Lunit0
	.byte	8
	.byte	0		#   end of children
.Lps1f:
	.uleb128	8		#   DW_TAG_pointer_type
	.4byte	.Ls1 - .Lunit0
.Lps1:
	.uleb128	8		#   DW_TAG_pointer_type
	.4byte	.Lst1 - .Lunit0
.Ls2:
	.uleb128	9		#   DW_TAG_subroutine_type
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lc - .Lunit0
	.uleb128	5		#     DW_TAG_formal_parameter
	.asciz	"v"
	.4byte	.Lvar2 - .Lunit0
	.uleb128	5		#     DW_TAG_formal_parameter
	.asciz	"again"
	.4byte	.Lvar2 - .Lunit0
	.byte	0		#   end of children
.Lps2f:
	.uleb128	8		#   DW_TAG_pointer_type
	.4byte	.Ls2 - .Lunit0
.Lvar2:
	.uleb128	6		#   DW_TAG_structure_type
	.asciz	"var2"
	.byte	32
	.uleb128	10		#     DW_TAG_variant_part
	.uleb128	11		#       DW_TAG_member
	.4byte	.Lc - .Lunit0
	.byte	0
	.uleb128	12		#       DW_TAG_variant
	.byte	0
	.uleb128	7		#         DW_TAG_member
	.asciz	"A"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#       end of children
	.uleb128	12		#       DW_TAG_variant
	.byte	1
	.uleb128	7		#         DW_TAG_member
	.asciz	"B"
	.4byte	.Lps2f - .Lunit0
	.byte	8
	.uleb128	7		#         DW_TAG_member
	.asciz	"C"
	.4byte	.Larr2 - .Lunit0
	.byte	16
	.byte	0		#       end of children
	.byte	0		#     end of children
	.byte	0		#   end of children
.Larr2:
	.uleb128	13		#   DW_TAG_array_type
	.4byte	.Lps2f - .Lunit0
	.uleb128	14		#     DW_TAG_subrange_type
	.byte	2
	.uleb128	15		#     DW_TAG_subrange_type
	.byte	2
	.byte	0		#   end of children
.Ls3:
	.uleb128	3		#   DW_TAG_subroutine_type
	.4byte	.Lcl3p - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Len - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lcl3p - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Len2 - .Lunit0
	.uleb128	5		#     DW_TAG_formal_parameter
	.asciz	"last"
	.4byte	.Lcl3p - .Lunit0
	.byte	0		#   end of children
.Len:
	.uleb128	16		#   DW_TAG_enumeration_type
	.asciz	"en"
	.byte	4
	.uleb128	17		#     DW_TAG_enumerator
	.asciz	"X"
	.byte	1
	.uleb128	17		#     DW_TAG_enumerator
	.asciz	"Y"
	.byte	2
	.byte	0		#   end of children
.Len2:
	.uleb128	18		#   DW_TAG_enumeration_type
	.byte	4
	.uleb128	17		#     DW_TAG_enumerator
	.asciz	"Z"
	.byte	1
	.byte	0		#   end of children
.Lcl3:
	.uleb128	19		#   DW_TAG_class_type
	.asciz	"cl3"
	.byte	16
	.uleb128	7		#     DW_TAG_member
	.asciz	"f"
	.4byte	.Lps3f - .Lunit0
	.byte	0
	.uleb128	7		#     DW_TAG_member
	.asciz	"e"
	.4byte	.Len - .Lunit0
	.byte	8
	.uleb128	7		#     DW_TAG_member
	.asciz	"u"
	.4byte	.Len2 - .Lunit0
	.byte	12
	.byte	0		#   end of children
.Lps3f:
	.uleb128	8		#   DW_TAG_pointer_type
	.4byte	.Ltd3 - .Lunit0
.Ltd3:
	.uleb128	20		#   DW_TAG_typedef
	.asciz	"td3"
	.4byte	.Ls3 - .Lunit0
.Lcl3p:
	.uleb128	21		#   DW_TAG_reference_type
	.4byte	.Lcl3 - .Lunit0
.Ls4:
	.uleb128	9		#   DW_TAG_subroutine_type
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lps4 - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.uleb128	22		#     DW_TAG_formal_parameter
	.asciz	"untyped"
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lps4 - .Lunit0
	.byte	0		#   end of children
.Lst4:
	.uleb128	6		#   DW_TAG_structure_type
	.asciz	"st4"
	.byte	8
	.uleb128	7		#     DW_TAG_member
	.asciz	"cb"
	.4byte	.Ls4 - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lps4:
	.uleb128	8		#   DW_TAG_pointer_type
	.4byte	.Lst4 - .Lunit0
.Ls5:
	.uleb128	3		#   DW_TAG_subroutine_type
	.4byte	.Lps5 - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lc - .Lunit0
	.byte	0		#   end of children
.Lst5:
	.uleb128	6		#   DW_TAG_structure_type
	.asciz	"st5"
	.byte	16
	.uleb128	7		#     DW_TAG_member
	.asciz	"cb"
	.4byte	.Ls5 - .Lunit0
	.byte	0
	.uleb128	7		#     DW_TAG_member
	.asciz	"more"
	.4byte	.Ls5b - .Lunit0
	.byte	8
	.byte	0		#   end of children
.Ls5b:
	.uleb128	3		#   DW_TAG_subroutine_type
	.4byte	.Ls5 - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Ls5 - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lps5 - .Lunit0
	.byte	0		#   end of children
.Lps5:
	.uleb128	8		#   DW_TAG_pointer_type
	.4byte	.Lst5 - .Lunit0
.Ls6:
	.uleb128	9		#   DW_TAG_subroutine_type
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.uleb128	5		#     DW_TAG_formal_parameter
	.asciz	"seven"
	.4byte	.Lps7 - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lps6 - .Lunit0
	.byte	0		#   end of children
.Ls7:
	.uleb128	9		#   DW_TAG_subroutine_type
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lc - .Lunit0
	.uleb128	5		#     DW_TAG_formal_parameter
	.asciz	"six"
	.4byte	.Lps6 - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lps7 - .Lunit0
	.byte	0		#   end of children
.Lst6:
	.uleb128	6		#   DW_TAG_structure_type
	.asciz	"st6"
	.byte	24
	.uleb128	7		#     DW_TAG_member
	.asciz	"six"
	.4byte	.Ls6 - .Lunit0
	.byte	0
.Lst7:
	.uleb128	6		#     DW_TAG_structure_type
	.asciz	"st7"
	.byte	16
	.uleb128	7		#       DW_TAG_member
	.asciz	"seven"
	.4byte	.Ls7 - .Lunit0
	.byte	0
	.uleb128	7		#       DW_TAG_member
	.asciz	"back"
	.4byte	.Lps6 - .Lunit0
	.byte	8
	.byte	0		#     end of children
	.uleb128	7		#     DW_TAG_member
	.asciz	"in"
	.4byte	.Lst7 - .Lunit0
	.byte	8
	.byte	0		#   end of children
.Lps6:
	.uleb128	8		#   DW_TAG_pointer_type
	.4byte	.Lst6 - .Lunit0
.Lps7:
	.uleb128	8		#   DW_TAG_pointer_type
	.4byte	.Lst7 - .Lunit0
	.uleb128	23		#   DW_TAG_subprogram
	.asciz	"f1"
	.uleb128	5		#     DW_TAG_formal_parameter
	.asciz	"f"
	.4byte	.Lps1f - .Lunit0
	.byte	0		#   end of children
	.uleb128	24		#   DW_TAG_variable
	.asciz	"v1"
	.4byte	.Lst1 - .Lunit0
	.uleb128	23		#   DW_TAG_subprogram
	.asciz	"f2"
	.uleb128	5		#     DW_TAG_formal_parameter
	.asciz	"f"
	.4byte	.Lps2f - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.byte	0		#   end of children
	.uleb128	24		#   DW_TAG_variable
	.asciz	"v2"
	.4byte	.Lvar2 - .Lunit0
	.uleb128	23		#   DW_TAG_subprogram
	.asciz	"f3"
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lps3f - .Lunit0
	.byte	0		#   end of children
	.uleb128	24		#   DW_TAG_variable
	.asciz	"v3"
	.4byte	.Ltd3 - .Lunit0
	.uleb128	23		#   DW_TAG_subprogram
	.asciz	"f4"
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lps4 - .Lunit0
	.byte	0		#   end of children
	.uleb128	24		#   DW_TAG_variable
	.asciz	"v4"
	.4byte	.Ls4 - .Lunit0
	.uleb128	25		#   DW_TAG_subprogram
	.asciz	"f5"
	.4byte	.Ls5b - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lps5 - .Lunit0
	.byte	0		#   end of children
	.uleb128	24		#   DW_TAG_variable
	.asciz	"v5"
	.4byte	.Ls5b - .Lunit0
	.uleb128	25		#   DW_TAG_subprogram
	.asciz	"f6"
	.4byte	.Ls6 - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.uleb128	4		#     DW_TAG_formal_parameter
	.4byte	.Lc - .Lunit0
	.byte	0		#   end of children
	.uleb128	24		#   DW_TAG_variable
	.asciz	"v6"
	.4byte	.Ls7 - .Lunit0
	.uleb128	24		#   DW_TAG_variable
	.asciz	"w6"
	.4byte	.Lst6 - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
