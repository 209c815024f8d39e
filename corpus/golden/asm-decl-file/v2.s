# The file of a declaration: by index into the line table, absent, zero and out of range.
	.section .debug_abbrev,"",@progbits

.Labbrev0:
	.uleb128	1, 0x11	# DW_TAG_compile_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x10, 0x6	# DW_AT_stmt_list, DW_FORM_data4
	.uleb128	0x1b, 0x8	# DW_AT_comp_dir, DW_FORM_string
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
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3a, 0xb	# DW_AT_decl_file, DW_FORM_data1
	.byte	0, 0
	.uleb128	4, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0xc	# DW_AT_external, DW_FORM_flag
	.byte	0, 0
	.uleb128	6, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	7, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3a, 0xf	# DW_AT_decl_file, DW_FORM_udata
	.byte	0, 0
	.uleb128	8, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3a, 0xa	# DW_AT_decl_file, DW_FORM_block1
	.byte	0, 0
	.uleb128	9, 0x16	# DW_TAG_typedef
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3a, 0xf	# DW_AT_decl_file, DW_FORM_udata
	.byte	0, 0
	.uleb128	10, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x3c, 0xc	# DW_AT_declaration, DW_FORM_flag
	.uleb128	0x3a, 0xf	# DW_AT_decl_file, DW_FORM_udata
	.byte	0, 0
	.uleb128	11, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3a, 0xf	# DW_AT_decl_file, DW_FORM_udata
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	12, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3a, 0xb	# DW_AT_decl_file, DW_FORM_data1
	.byte	0, 0
	.uleb128	13, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	14, 0x17	# DW_TAG_union_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3a, 0xb	# DW_AT_decl_file, DW_FORM_data1
	.byte	0, 0
	.uleb128	15, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	16, 0x2	# DW_TAG_class_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3a, 0xb	# DW_AT_decl_file, DW_FORM_data1
	.byte	0, 0
	.uleb128	17, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3a, 0xf	# DW_AT_decl_file, DW_FORM_udata
	.byte	0, 0
	.uleb128	18, 0x2e	# DW_TAG_subprogram
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x3f, 0xc	# DW_AT_external, DW_FORM_flag
	.uleb128	0x3a, 0xb	# DW_AT_decl_file, DW_FORM_data1
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
	.4byte	.Lline
	.asciz	"."
.Lint:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
.Ls0:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"from0"
	.byte	4
	.byte	0
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v0"
	.4byte	.Ls0 - .Lunit0
	.byte	1
.Ls1:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"from1"
	.byte	4
	.byte	1
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v1"
	.4byte	.Ls1 - .Lunit0
	.byte	1
.Ls2:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"from2"
	.byte	4
	.byte	2
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v2"
	.4byte	.Ls2 - .Lunit0
	.byte	1
.Ls3:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"from3"
	.byte	4
	.byte	3
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v3"
	.4byte	.Ls3 - .Lunit0
	.byte	1
.Ls4:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"from4"
	.byte	4
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v4"
	.4byte	.Ls4 - .Lunit0
	.byte	1
.Ls5:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"from5"
	.byte	4
	.byte	5
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v5"
	.4byte	.Ls5 - .Lunit0
	.byte	1
.Ls6:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"from6"
	.byte	4
	.byte	6
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v6"
	.4byte	.Ls6 - .Lunit0
	.byte	1
.Lsn:
	.uleb128	6		#   DW_TAG_structure_type
	.asciz	"nofile"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"vn"
	.4byte	.Lsn - .Lunit0
	.byte	1
.Lsbig:
	.uleb128	7		#   DW_TAG_structure_type
	.asciz	"big"
	.byte	4
	.uleb128	99
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"vbig"
	.4byte	.Lsbig - .Lunit0
	.byte	1
.Lsexpr:
	.uleb128	8		#   DW_TAG_structure_type
	.asciz	"fileexpr"
	.byte	4
	.byte	1
	.byte	0x2
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"vexpr"
	.4byte	.Lsexpr - .Lunit0
	.byte	1
.Ltd:
	.uleb128	9		#   DW_TAG_typedef
	.asciz	"tdbig"
	.4byte	.Lint - .Lunit0
	.uleb128	99
	.uleb128	5		#   DW_TAG_variable
	.asciz	"vtd"
	.4byte	.Ltd - .Lunit0
	.byte	1
.Lsdecl:
	.uleb128	10		#   DW_TAG_structure_type
	.asciz	"declbig"
	.byte	1
	.uleb128	99
	.uleb128	5		#   DW_TAG_variable
	.asciz	"vdecl"
	.4byte	.Lsdecl - .Lunit0
	.byte	1
.Lsmem:
	.uleb128	6		#   DW_TAG_structure_type
	.asciz	"membig"
	.byte	4
	.uleb128	11		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.uleb128	99
	.byte	0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"vmem"
	.4byte	.Lsmem - .Lunit0
	.byte	1
.Len:
	.uleb128	12		#   DW_TAG_enumeration_type
	.asciz	"en"
	.byte	4
	.byte	2
	.uleb128	13		#     DW_TAG_enumerator
	.asciz	"E"
	.byte	1
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"ven"
	.4byte	.Len - .Lunit0
	.byte	1
.Lun:
	.uleb128	14		#   DW_TAG_union_type
	.asciz	"un"
	.byte	4
	.byte	2
	.uleb128	15		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"vun"
	.4byte	.Lun - .Lunit0
	.byte	1
.Lcl:
	.uleb128	16		#   DW_TAG_class_type
	.asciz	"cl"
	.byte	4
	.byte	2
	.uleb128	15		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"vcl"
	.4byte	.Lcl - .Lunit0
	.byte	1
	.uleb128	17		#   DW_TAG_variable
	.asciz	"vfar"
	.4byte	.Lint - .Lunit0
	.uleb128	99
	.uleb128	18		#   DW_TAG_subprogram
	.asciz	"ffar"
	.byte	1
	.byte	2
	.byte	0		# end of children
.Lend0:

	.section .debug_line,"",@progbits
.Lline:
	.4byte	.Lline_end - .Lline_version
.Lline_version:
	.2byte	2
	.4byte	.Lline_program - .Lline_header
.Lline_header:
	.byte	1, 1, -5, 14, 13
	.byte	0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1
	.asciz	"sub.h"
	.byte	0
	.asciz	"unit.h"
	.uleb128	0, 0, 0
	.asciz	"inner.c"
	.uleb128	1, 0, 0
	.asciz	"inner.h"
	.uleb128	1, 0, 0
	.asciz	"odd.C"
	.uleb128	0, 0, 0
	.asciz	"c"
	.uleb128	0, 0, 0
	.asciz	"/abs/path.c"
	.uleb128	0, 0, 0
	.byte	0
.Lline_program:
	.byte	0, 1, 1		# DW_LNE_end_sequence
.Lline_end:

	.section .note.GNU-stack,"",@progbits
