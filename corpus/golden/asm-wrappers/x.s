# Every type that wraps another, plain, with all its attributes, and without a target.
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
	.byte	0, 0
	.uleb128	4, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	5, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	6, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	7, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	8, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	9, 0x26	# DW_TAG_const_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	10, 0x26	# DW_TAG_const_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	11, 0x26	# DW_TAG_const_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	12, 0x26	# DW_TAG_const_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	13, 0x35	# DW_TAG_volatile_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	14, 0x35	# DW_TAG_volatile_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	15, 0x35	# DW_TAG_volatile_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	16, 0x35	# DW_TAG_volatile_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	17, 0x37	# DW_TAG_restrict_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	18, 0x37	# DW_TAG_restrict_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	19, 0x37	# DW_TAG_restrict_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	20, 0x37	# DW_TAG_restrict_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	21, 0x47	# DW_TAG_atomic_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	22, 0x47	# DW_TAG_atomic_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	23, 0x47	# DW_TAG_atomic_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	24, 0x47	# DW_TAG_atomic_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	25, 0x4b	# DW_TAG_immutable_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	26, 0x4b	# DW_TAG_immutable_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	27, 0x4b	# DW_TAG_immutable_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	28, 0x4b	# DW_TAG_immutable_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	29, 0x2d	# DW_TAG_packed_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	30, 0x2d	# DW_TAG_packed_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	31, 0x2d	# DW_TAG_packed_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	32, 0x2d	# DW_TAG_packed_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	33, 0x10	# DW_TAG_reference_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	34, 0x10	# DW_TAG_reference_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	35, 0x10	# DW_TAG_reference_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	36, 0x10	# DW_TAG_reference_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	37, 0x42	# DW_TAG_rvalue_reference_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	38, 0x42	# DW_TAG_rvalue_reference_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	39, 0x42	# DW_TAG_rvalue_reference_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	40, 0x42	# DW_TAG_rvalue_reference_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	41, 0x40	# DW_TAG_shared_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	42, 0x40	# DW_TAG_shared_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	43, 0x40	# DW_TAG_shared_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	44, 0x40	# DW_TAG_shared_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	45, 0x2f	# DW_TAG_template_type_parameter
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	46, 0x2f	# DW_TAG_template_type_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	47, 0x2f	# DW_TAG_template_type_parameter
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	48, 0x2f	# DW_TAG_template_type_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	49, 0x16	# DW_TAG_typedef
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	50, 0x16	# DW_TAG_typedef
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	51, 0x16	# DW_TAG_typedef
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	52, 0x16	# DW_TAG_typedef
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	53, 0x3b	# DW_TAG_unspecified_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	54, 0x3b	# DW_TAG_unspecified_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	55, 0x2e	# DW_TAG_subprogram
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	56, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	57, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	58, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xd, 0xb	# DW_AT_bit_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
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
.Lst:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"st"
	.byte	4
.Lpointer_type0:
	.uleb128	4		#   DW_TAG_pointer_type
	.4byte	.Lint - .Lunit0
.Lpointer_type1:
	.uleb128	5		#   DW_TAG_pointer_type
	.asciz	"named_pointer_type"
	.4byte	.Lst - .Lunit0
	.byte	8
	.byte	16
.Lpointer_type2:
	.uleb128	6		#   DW_TAG_pointer_type
.Lpointer_type3:
	.uleb128	7		#   DW_TAG_pointer_type
	.asciz	"nothing"
	.byte	2
.Lpointer_type4:
	.uleb128	4		#   DW_TAG_pointer_type
	.4byte	.Lpointer_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"pointer_type0"
	.4byte	.Lpointer_type0 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"pointer_type1"
	.4byte	.Lpointer_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"pointer_type2"
	.4byte	.Lpointer_type2 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"pointer_type3"
	.4byte	.Lpointer_type3 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"pointer_type4"
	.4byte	.Lpointer_type4 - .Lunit0
.Lconst_type0:
	.uleb128	9		#   DW_TAG_const_type
	.4byte	.Lint - .Lunit0
.Lconst_type1:
	.uleb128	10		#   DW_TAG_const_type
	.asciz	"named_const_type"
	.4byte	.Lst - .Lunit0
	.byte	8
	.byte	16
.Lconst_type2:
	.uleb128	11		#   DW_TAG_const_type
.Lconst_type3:
	.uleb128	12		#   DW_TAG_const_type
	.asciz	"nothing"
	.byte	2
.Lconst_type4:
	.uleb128	9		#   DW_TAG_const_type
	.4byte	.Lconst_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"const_type0"
	.4byte	.Lconst_type0 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"const_type1"
	.4byte	.Lconst_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"const_type2"
	.4byte	.Lconst_type2 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"const_type3"
	.4byte	.Lconst_type3 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"const_type4"
	.4byte	.Lconst_type4 - .Lunit0
.Lvolatile_type0:
	.uleb128	13		#   DW_TAG_volatile_type
	.4byte	.Lint - .Lunit0
.Lvolatile_type1:
	.uleb128	14		#   DW_TAG_volatile_type
	.asciz	"named_volatile_type"
	.4byte	.Lst - .Lunit0
	.byte	8
	.byte	16
.Lvolatile_type2:
	.uleb128	15		#   DW_TAG_volatile_type
.Lvolatile_type3:
	.uleb128	16		#   DW_TAG_volatile_type
	.asciz	"nothing"
	.byte	2
.Lvolatile_type4:
	.uleb128	13		#   DW_TAG_volatile_type
	.4byte	.Lvolatile_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"volatile_type0"
	.4byte	.Lvolatile_type0 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"volatile_type1"
	.4byte	.Lvolatile_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"volatile_type2"
	.4byte	.Lvolatile_type2 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"volatile_type3"
	.4byte	.Lvolatile_type3 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"volatile_type4"
	.4byte	.Lvolatile_type4 - .Lunit0
.Lrestrict_type0:
	.uleb128	17		#   DW_TAG_restrict_type
	.4byte	.Lint - .Lunit0
.Lrestrict_type1:
	.uleb128	18		#   DW_TAG_restrict_type
	.asciz	"named_restrict_type"
	.4byte	.Lst - .Lunit0
	.byte	8
	.byte	16
.Lrestrict_type2:
	.uleb128	19		#   DW_TAG_restrict_type
.Lrestrict_type3:
	.uleb128	20		#   DW_TAG_restrict_type
	.asciz	"nothing"
	.byte	2
.Lrestrict_type4:
	.uleb128	17		#   DW_TAG_restrict_type
	.4byte	.Lrestrict_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"restrict_type0"
	.4byte	.Lrestrict_type0 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"restrict_type1"
	.4byte	.Lrestrict_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"restrict_type2"
	.4byte	.Lrestrict_type2 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"restrict_type3"
	.4byte	.Lrestrict_type3 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"restrict_type4"
	.4byte	.Lrestrict_type4 - .Lunit0
.Latomic_type0:
	.uleb128	21		#   DW_TAG_atomic_type
	.4byte	.Lint - .Lunit0
.Latomic_type1:
	.uleb128	22		#   DW_TAG_atomic_type
	.asciz	"named_atomic_type"
	.4byte	.Lst - .Lunit0
	.byte	8
	.byte	16
.Latomic_type2:
	.uleb128	23		#   DW_TAG_atomic_type
.Latomic_type3:
	.uleb128	24		#   DW_TAG_atomic_type
	.asciz	"nothing"
	.byte	2
.Latomic_type4:
	.uleb128	21		#   DW_TAG_atomic_type
	.4byte	.Latomic_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"atomic_type0"
	.4byte	.Latomic_type0 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"atomic_type1"
	.4byte	.Latomic_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"atomic_type2"
	.4byte	.Latomic_type2 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"atomic_type3"
	.4byte	.Latomic_type3 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"atomic_type4"
	.4byte	.Latomic_type4 - .Lunit0
.Limmutable_type0:
	.uleb128	25		#   DW_TAG_immutable_type
	.4byte	.Lint - .Lunit0
.Limmutable_type1:
	.uleb128	26		#   DW_TAG_immutable_type
	.asciz	"named_immutable_type"
	.4byte	.Lst - .Lunit0
	.byte	8
	.byte	16
.Limmutable_type2:
	.uleb128	27		#   DW_TAG_immutable_type
.Limmutable_type3:
	.uleb128	28		#   DW_TAG_immutable_type
	.asciz	"nothing"
	.byte	2
.Limmutable_type4:
	.uleb128	25		#   DW_TAG_immutable_type
	.4byte	.Limmutable_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"immutable_type0"
	.4byte	.Limmutable_type0 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"immutable_type1"
	.4byte	.Limmutable_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"immutable_type2"
	.4byte	.Limmutable_type2 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"immutable_type3"
	.4byte	.Limmutable_type3 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"immutable_type4"
	.4byte	.Limmutable_type4 - .Lunit0
.Lpacked_type0:
	.uleb128	29		#   DW_TAG_packed_type
	.4byte	.Lint - .Lunit0
.Lpacked_type1:
	.uleb128	30		#   DW_TAG_packed_type
	.asciz	"named_packed_type"
	.4byte	.Lst - .Lunit0
	.byte	8
	.byte	16
.Lpacked_type2:
	.uleb128	31		#   DW_TAG_packed_type
.Lpacked_type3:
	.uleb128	32		#   DW_TAG_packed_type
	.asciz	"nothing"
	.byte	2
.Lpacked_type4:
	.uleb128	29		#   DW_TAG_packed_type
	.4byte	.Lpacked_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"packed_type0"
	.4byte	.Lpacked_type0 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"packed_type1"
	.4byte	.Lpacked_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"packed_type2"
	.4byte	.Lpacked_type2 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"packed_type3"
	.4byte	.Lpacked_type3 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"packed_type4"
	.4byte	.Lpacked_type4 - .Lunit0
.Lreference_type0:
	.uleb128	33		#   DW_TAG_reference_type
	.4byte	.Lint - .Lunit0
.Lreference_type1:
	.uleb128	34		#   DW_TAG_reference_type
	.asciz	"named_reference_type"
	.4byte	.Lst - .Lunit0
	.byte	8
	.byte	16
.Lreference_type2:
	.uleb128	35		#   DW_TAG_reference_type
.Lreference_type3:
	.uleb128	36		#   DW_TAG_reference_type
	.asciz	"nothing"
	.byte	2
.Lreference_type4:
	.uleb128	33		#   DW_TAG_reference_type
	.4byte	.Lreference_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"reference_type0"
	.4byte	.Lreference_type0 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"reference_type1"
	.4byte	.Lreference_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"reference_type2"
	.4byte	.Lreference_type2 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"reference_type3"
	.4byte	.Lreference_type3 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"reference_type4"
	.4byte	.Lreference_type4 - .Lunit0
.Lrvalue_reference_type0:
	.uleb128	37		#   DW_TAG_rvalue_reference_type
	.4byte	.Lint - .Lunit0
.Lrvalue_reference_type1:
	.uleb128	38		#   DW_TAG_rvalue_reference_type
	.asciz	"named_rvalue_reference_type"
	.4byte	.Lst - .Lunit0
	.byte	8
	.byte	16
.Lrvalue_reference_type2:
	.uleb128	39		#   DW_TAG_rvalue_reference_type
.Lrvalue_reference_type3:
	.uleb128	40		#   DW_TAG_rvalue_reference_type
	.asciz	"nothing"
	.byte	2
.Lrvalue_reference_type4:
	.uleb128	37		#   DW_TAG_rvalue_reference_type
	.4byte	.Lrvalue_reference_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"rvalue_reference_type0"
	.4byte	.Lrvalue_reference_type0 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"rvalue_reference_type1"
	.4byte	.Lrvalue_reference_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"rvalue_reference_type2"
	.4byte	.Lrvalue_reference_type2 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"rvalue_reference_type3"
	.4byte	.Lrvalue_reference_type3 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"rvalue_reference_type4"
	.4byte	.Lrvalue_reference_type4 - .Lunit0
.Lshared_type0:
	.uleb128	41		#   DW_TAG_shared_type
	.4byte	.Lint - .Lunit0
.Lshared_type1:
	.uleb128	42		#   DW_TAG_shared_type
	.asciz	"named_shared_type"
	.4byte	.Lst - .Lunit0
	.byte	8
	.byte	16
.Lshared_type2:
	.uleb128	43		#   DW_TAG_shared_type
.Lshared_type3:
	.uleb128	44		#   DW_TAG_shared_type
	.asciz	"nothing"
	.byte	2
.Lshared_type4:
	.uleb128	41		#   DW_TAG_shared_type
	.4byte	.Lshared_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"shared_type0"
	.4byte	.Lshared_type0 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"shared_type1"
	.4byte	.Lshared_type1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"shared_type2"
	.4byte	.Lshared_type2 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"shared_type3"
	.4byte	.Lshared_type3 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"shared_type4"
	.4byte	.Lshared_type4 - .Lunit0
.Ltemplate_type_parameter0:
	.uleb128	45		#   DW_TAG_template_type_parameter
	.4byte	.Lint - .Lunit0
.Ltemplate_type_parameter1:
	.uleb128	46		#   DW_TAG_template_type_parameter
	.asciz	"named_template_type_parameter"
	.4byte	.Lst - .Lunit0
	.byte	8
	.byte	16
.Ltemplate_type_parameter2:
	.uleb128	47		#   DW_TAG_template_type_parameter
.Ltemplate_type_parameter3:
	.uleb128	48		#   DW_TAG_template_type_parameter
	.asciz	"nothing"
	.byte	2
.Ltemplate_type_parameter4:
	.uleb128	45		#   DW_TAG_template_type_parameter
	.4byte	.Ltemplate_type_parameter1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"template_type_parameter0"
	.4byte	.Ltemplate_type_parameter0 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"template_type_parameter1"
	.4byte	.Ltemplate_type_parameter1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"template_type_parameter2"
	.4byte	.Ltemplate_type_parameter2 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"template_type_parameter3"
	.4byte	.Ltemplate_type_parameter3 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"template_type_parameter4"
	.4byte	.Ltemplate_type_parameter4 - .Lunit0
.Ltypedef0:
	.uleb128	49		#   DW_TAG_typedef
	.4byte	.Lint - .Lunit0
.Ltypedef1:
	.uleb128	50		#   DW_TAG_typedef
	.asciz	"named_typedef"
	.4byte	.Lst - .Lunit0
	.byte	8
	.byte	16
.Ltypedef2:
	.uleb128	51		#   DW_TAG_typedef
.Ltypedef3:
	.uleb128	52		#   DW_TAG_typedef
	.asciz	"nothing"
	.byte	2
.Ltypedef4:
	.uleb128	49		#   DW_TAG_typedef
	.4byte	.Ltypedef1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"typedef0"
	.4byte	.Ltypedef0 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"typedef1"
	.4byte	.Ltypedef1 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"typedef2"
	.4byte	.Ltypedef2 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"typedef3"
	.4byte	.Ltypedef3 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"typedef4"
	.4byte	.Ltypedef4 - .Lunit0
.Lun:
	.uleb128	53		#   DW_TAG_unspecified_type
	.asciz	"decltype(nullptr)"
.Lun2:
	.uleb128	54		#   DW_TAG_unspecified_type
.Lpun:
	.uleb128	4		#   DW_TAG_pointer_type
	.4byte	.Lun - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"unspec"
	.4byte	.Lun - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"unspec2"
	.4byte	.Lun2 - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"punspec"
	.4byte	.Lpun - .Lunit0
	.uleb128	55		#   DW_TAG_subprogram
	.asciz	"returns_unspec"
	.4byte	.Lun - .Lunit0
.Lbare:
	.uleb128	56		#   DW_TAG_base_type
.Lnoenc:
	.uleb128	57		#   DW_TAG_base_type
	.asciz	"odd one"
	.byte	3
	.byte	4
.Lbits:
	.uleb128	58		#   DW_TAG_base_type
	.asciz	"bits"
	.byte	5
	.byte	7
	.uleb128	8		#   DW_TAG_variable
	.asciz	"bare"
	.4byte	.Lbare - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"noenc"
	.4byte	.Lnoenc - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"bits"
	.4byte	.Lbits - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
